package com.gogogoapi.evidence.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.evidence.log.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

    private static List<byte[]> leaves(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> MerkleTree.leaf(new byte[] {(byte) i}))
                .toList();
    }

    /** The definition of RFC 6962, word for word. */
    private static byte[] byDefinition(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return Sha256.of(new byte[0]);
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        var k = 1;
        while (2 * k < leaves.size()) {
            k *= 2;
        }
        return MerkleTree.node(byDefinition(leaves.subList(0, k)), byDefinition(leaves.subList(k, leaves.size())));
    }

    @Test
    void growsToTheRootThatTheDefinitionGives() {
        for (var size = 0; size <= 70; size++) {
            assertThat(MerkleTree.root(leaves(size))).as("of %s", size).isEqualTo(byDefinition(leaves(size)));
        }
        // From the test vectors of RFC 6962 implementations: the empty tree, and one empty leaf.
        assertThat(Sha256.hex(MerkleTree.root(List.of())))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Sha256.hex(MerkleTree.root(List.of(MerkleTree.leaf(new byte[0])))))
                .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    }

    @Test
    void provesEveryLeafOfEveryTreeAndNoOther() {
        for (var size = 1; size <= 40; size++) {
            var leaves = leaves(size);
            var root = MerkleTree.root(leaves);
            for (var index = 0; index < size; index++) {
                var path = MerkleTree.path(leaves, index);
                assertThat(MerkleTree.rootOf(leaves.get(index), index, size, path))
                        .isEqualTo(root);
                assertThat(MerkleTree.rootOf(MerkleTree.leaf(new byte[] {99}), index, size, path))
                        .isNotEqualTo(root);
                if (size > 1) {
                    var elsewhere = (index + 1) % size;
                    assertThat(rootOrNone(leaves.get(index), elsewhere, size, path))
                            .isNotEqualTo(root);
                }
            }
        }
    }

    private static byte[] rootOrNone(byte[] leaf, int index, int size, List<byte[]> path) {
        try {
            return MerkleTree.rootOf(leaf, index, size, path);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    @Test
    void refusesAPathOfAnotherLength() {
        var leaves = leaves(8);
        var path = MerkleTree.path(leaves, 3);
        assertThatThrownBy(() -> MerkleTree.rootOf(leaves.get(3), 3, 8, path.subList(0, 2)))
                .hasMessageContaining("too short");
        var longer = new ArrayList<>(path);
        longer.add(path.getFirst());
        assertThatThrownBy(() -> MerkleTree.rootOf(leaves.get(3), 3, 8, longer)).hasMessageContaining("too long");
    }
}
