/** The books as other programs read them. */
@NullMarked
package com.gogogoapi.auditor.journal;

import org.jspecify.annotations.NullMarked;
