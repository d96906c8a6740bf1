/** Figures as a page with a plot. */
@NullMarked
package com.gogogoapi.benchmark.report;

import org.jspecify.annotations.NullMarked;
