package com.gogogoapi.contracts.ledger;

import com.gogogoapi.contracts.messaging.Event;

/**
 * The ledger committed itself to what it says so far. Readers keep these where the ledger cannot reach them.
 *
 * @param number from 1, without gaps
 * @param payload the checkpoint's JSON, exactly as it was signed
 * @param signature Ed25519 over the payload's UTF-8 bytes, in Base64
 */
public record LedgerCheckpointed(long number, String payload, String signature) implements Event {}
