package com.gogogoapi.evidence.merkle;

import com.gogogoapi.evidence.log.Sha256;
import java.util.ArrayDeque;
import java.util.Deque;

/** The root of a tree that grows leaf by leaf; keeps one hash for each complete subtree, so the logarithm of its size. */
public final class MerkleRoot {

    /** The complete subtrees, the smallest on top. */
    private final Deque<byte[]> subtrees = new ArrayDeque<>();

    private long size;

    public void add(byte[] leaf) {
        var hash = leaf;
        // As in counting: a carry for every one bit at the end.
        for (var carry = size; (carry & 1) == 1; carry >>= 1) {
            hash = MerkleTree.node(subtrees.pop(), hash);
        }
        subtrees.push(hash);
        size++;
    }

    public byte[] value() {
        if (subtrees.isEmpty()) {
            return Sha256.of(new byte[0]);
        }
        byte[] root = null;
        for (var subtree : subtrees) {
            root = root == null ? subtree : MerkleTree.node(subtree, root);
        }
        return root == null ? Sha256.of(new byte[0]) : root;
    }
}
