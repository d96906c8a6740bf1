/** Accounts that wait for an operator because a record of theirs could not be decided: who, since when and why. */
@NullMarked
package com.gogogoapi.ledger.parked;

import org.jspecify.annotations.NullMarked;
