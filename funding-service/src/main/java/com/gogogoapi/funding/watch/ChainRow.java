package com.gogogoapi.funding.watch;

import com.gogogoapi.funding.rpc.Anchor;
import org.jspecify.annotations.Nullable;

/**
 * How far a chain is read, as who owns it knows.
 *
 * @param term of ownership
 * @param finalBlock up to where all that is final is recorded; null before the first look
 * @param nativeHeight up to where blocks were looked through for the chain's own coin
 */
record ChainRow(
        long term, @Nullable Anchor finalBlock, @Nullable Long nativeHeight) {}
