package com.gogogoapi.funding.rpc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chain's nodes say at one time.
 *
 * @param head the newest block of the node that is preferred among the good ones; null where there is none
 * @param preferred whose it is
 * @param finalBlock up to which as many nodes as have to agree say that all is final, and which block it is
 * @param agreeing those who do, in order of preference
 * @param problem why nothing can be final beyond; null where it can
 */
public record Survey(
        @Nullable Block head,
        @Nullable Node preferred,
        @Nullable Anchor finalBlock,
        List<Node> agreeing,
        @Nullable String problem) {}
