package com.gogogoapi.evidence.merkle;

import com.gogogoapi.evidence.log.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree hash of RFC 6962, section 2.1, over SHA-256: a leaf is {@code SHA-256(0x00 ‖ bytes)}, a node {@code
 * SHA-256(0x01 ‖ left ‖ right)}, and the left side of a tree of n leaves has the largest power of two below n. The empty
 * tree's is {@code SHA-256()}.
 */
public final class MerkleTree {

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private MerkleTree() {}

    public static byte[] leaf(byte[] bytes) {
        var sha = Sha256.digest();
        sha.update(LEAF);
        return sha.digest(bytes);
    }

    static byte[] node(byte[] left, byte[] right) {
        var sha = Sha256.digest();
        sha.update(NODE);
        sha.update(left);
        return sha.digest(right);
    }

    /** The root over these leaves' hashes. */
    public static byte[] root(List<byte[]> leaves) {
        var root = new MerkleRoot();
        leaves.forEach(root::add);
        return root.value();
    }

    /** The hashes beside the way from leaf number {@code index} up to the root, lowest first. */
    public static List<byte[]> path(List<byte[]> leaves, int index) {
        var path = new ArrayList<byte[]>();
        collect(leaves, index, path);
        return path;
    }

    private static void collect(List<byte[]> leaves, int index, List<byte[]> path) {
        if (leaves.size() <= 1) {
            return;
        }
        var left = Integer.highestOneBit(leaves.size() - 1);
        if (index < left) {
            collect(leaves.subList(0, left), index, path);
            path.add(root(leaves.subList(left, leaves.size())));
        } else {
            collect(leaves.subList(left, leaves.size()), index - left, path);
            path.add(root(leaves.subList(0, left)));
        }
    }

    /**
     * The root that leaf number {@code index} of {@code size} has with this path.
     *
     * @throws IllegalArgumentException if the path is too short or too long for that place
     */
    public static byte[] rootOf(byte[] leaf, long index, long size, List<byte[]> path) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "The leaf must be one of 0 to " + (size - 1) + ", and is " + index + ".");
        }
        var hash = leaf;
        var at = index;
        var last = size - 1;
        for (var beside : path) {
            if (last == 0) {
                throw new IllegalArgumentException("The path must end at the root, and is too long.");
            }
            if ((at & 1) == 1 || at == last) {
                hash = node(beside, hash);
                // A last node without a sibling goes up unchanged until it is a right child.
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                hash = node(hash, beside);
            }
            at >>= 1;
            last >>= 1;
        }
        if (last != 0) {
            throw new IllegalArgumentException("The path must end at the root, and is too short.");
        }
        return hash;
    }
}
