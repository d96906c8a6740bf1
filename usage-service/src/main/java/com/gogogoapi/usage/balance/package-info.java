/** What the ledger stated of accounts' credit, and what changed it other than by a request. */
@NullMarked
package com.gogogoapi.usage.balance;

import org.jspecify.annotations.NullMarked;
