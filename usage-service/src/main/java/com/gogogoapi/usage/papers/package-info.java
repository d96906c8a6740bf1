/** Documents that are printed: what they say, and how it becomes a PDF. */
@NullMarked
package com.gogogoapi.usage.papers;

import org.jspecify.annotations.NullMarked;
