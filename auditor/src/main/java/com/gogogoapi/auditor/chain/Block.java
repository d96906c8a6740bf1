package com.gogogoapi.auditor.chain;

import java.time.Instant;

/** A block's head. */
public record Block(long height, String hash, Instant time) {}
