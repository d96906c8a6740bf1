/** The books in double entry: which accounts there are and how each event moves them; the one place that says so. */
@NullMarked
package com.gogogoapi.evidence.books;

import org.jspecify.annotations.NullMarked;
