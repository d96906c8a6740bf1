/** Merkle trees as of RFC 6962: one hash that stands for many events, and short proofs that an event is among them. */
@NullMarked
package com.gogogoapi.evidence.merkle;

import org.jspecify.annotations.NullMarked;
