/** What the ledger proves: statements, states and receipts, to customers of their own and to auditors of all. */
@NullMarked
package com.gogogoapi.proxy.audit;

import org.jspecify.annotations.NullMarked;
