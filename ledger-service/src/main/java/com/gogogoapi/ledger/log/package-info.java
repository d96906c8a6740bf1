/** The append-only log of every shard in PostgreSQL. */
@NullMarked
package com.gogogoapi.ledger.log;

import org.jspecify.annotations.NullMarked;
