/** What a route is sold for: its limits, its prices and the version that pins them. */
@NullMarked
package com.gogogoapi.contracts.pricing;

import org.jspecify.annotations.NullMarked;
