/** Accounts as they were at an instant or after an event. */
@NullMarked
package com.gogogoapi.ledger.history;

import org.jspecify.annotations.NullMarked;
