/** Receipts: what one request cost, signed and provable. */
@NullMarked
package com.gogogoapi.ledger.receipt;

import org.jspecify.annotations.NullMarked;
