/** Which chains are watched, and what is credited there. */
@NullMarked
package com.gogogoapi.funding.chains;

import org.jspecify.annotations.NullMarked;
