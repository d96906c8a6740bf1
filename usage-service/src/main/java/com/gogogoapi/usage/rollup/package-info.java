/** Sums of what was used, per time, key, member, route, rule and tag. */
@NullMarked
package com.gogogoapi.usage.rollup;

import org.jspecify.annotations.NullMarked;
