/** Whom the ledger believes: which service made a record, which key signed an order, and since when that is asked at all. */
@NullMarked
package com.gogogoapi.ledger.trust;

import org.jspecify.annotations.NullMarked;
