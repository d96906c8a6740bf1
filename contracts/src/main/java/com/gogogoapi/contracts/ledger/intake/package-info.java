/** What the ledger is asked to decide: the records of the topic {@code ledger-intake}. */
@NullMarked
package com.gogogoapi.contracts.ledger.intake;

import org.jspecify.annotations.NullMarked;
