package com.gogogoapi.funding.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Addresses are those of npm's @scure/bip32, which has nothing in common with what is used here. */
@Tag("integration")
@Tag("slow")
class OtherImplementationTest {

    private static final String XPUB = ExtendedPublicKeyTest.XPUB;
    private static final int MANY = 10_000;

    @Test
    void tenThousandAreThoseOfAnotherImplementation() throws Exception {
        var process = new ProcessBuilder("node", "addresses.mjs", XPUB, "" + MANY)
                .directory(Path.of("target", "addresses").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> others;
        try (var reader = process.inputReader()) {
            others = reader.lines().toList();
        }
        assertThat(process.waitFor()).isZero();
        var key = ExtendedPublicKey.parse(XPUB);
        var ours = new ArrayList<String>();
        for (var index = 0; index < MANY; index++) {
            ours.add(key.address(index).checksummed());
        }
        assertThat(others).hasSize(MANY);
        for (var index = 0; index < MANY; index++) {
            assertThat(ours.get(index)).as("index " + index).isEqualTo(others.get(index));
        }
        assertThat(new HashSet<>(ours)).hasSize(MANY);
    }
}
