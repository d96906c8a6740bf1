/** What the ledger commits itself to from time to time, signed. */
@NullMarked
package com.gogogoapi.evidence.checkpoint;

import org.jspecify.annotations.NullMarked;
