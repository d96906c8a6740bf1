/** What keys, members and the account spend, by window, and how fast they go. Pure, as all of {@code account} is. */
@NullMarked
package com.gogogoapi.ledger.account.budget;

import org.jspecify.annotations.NullMarked;
