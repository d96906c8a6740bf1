package com.gogogoapi.evidence.books;

import com.gogogoapi.contracts.money.Usd;

/**
 * One side of a booking.
 *
 * @param amountUsd debits are positive, credits negative
 */
public record Posting(BookAccount account, Usd amountUsd) {}
