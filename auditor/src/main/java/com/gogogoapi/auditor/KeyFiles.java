package com.gogogoapi.auditor;

import com.gogogoapi.evidence.signing.VerifyingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Public keys as files in PEM. */
final class KeyFiles {

    private KeyFiles() {}

    static List<VerifyingKey> read(List<Path> files) throws IOException {
        var keys = new ArrayList<VerifyingKey>();
        for (var file : files) {
            keys.add(VerifyingKey.parsePem(Files.readString(file)));
        }
        return keys;
    }
}
