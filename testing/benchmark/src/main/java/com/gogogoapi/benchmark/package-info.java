/** What gogogoapi measures of itself; every figure a ratio within one run on one machine. */
@NullMarked
package com.gogogoapi.benchmark;

import org.jspecify.annotations.NullMarked;
