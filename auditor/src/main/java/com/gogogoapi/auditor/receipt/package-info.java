/** Receipts, checked offline. */
@NullMarked
package com.gogogoapi.auditor.receipt;

import org.jspecify.annotations.NullMarked;
