/** What the ledger commits itself to from time to time, signed, and out of its own reach. */
@NullMarked
package com.gogogoapi.ledger.checkpoint;

import org.jspecify.annotations.NullMarked;
