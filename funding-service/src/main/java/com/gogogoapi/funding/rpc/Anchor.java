package com.gogogoapi.funding.rpc;

/** A block that is final: what is built on it never changes. */
public record Anchor(long height, String hash) {

    public static Anchor of(Block block) {
        return new Anchor(block.height(), block.hash());
    }

    @Override
    public String toString() {
        return height + " " + hash;
    }
}
