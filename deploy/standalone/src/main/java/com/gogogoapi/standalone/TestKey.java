package com.gogogoapi.standalone;

import java.security.SecureRandom;
import java.util.List;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.HDKeyDerivation;

/**
 * An extended public key for the test chain. Its private half is forgotten as soon as it is made: what lies at its addresses is worth
 * nothing, and nobody, this installation included, can ever spend it.
 */
final class TestKey {

    private static final int SEED_BYTES = 32;

    /** As wallets have it: {@code m/44'/60'/0'/0}. */
    private static final List<ChildNumber> PATH = List.of(
            new ChildNumber(44, true), new ChildNumber(60, true), new ChildNumber(0, true), new ChildNumber(0, false));

    private TestKey() {}

    static String generate() {
        var seed = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        DeterministicKey key = HDKeyDerivation.createMasterPrivateKey(seed);
        for (var step : PATH) {
            key = HDKeyDerivation.deriveChildKey(key, step);
        }
        return key.serializePubB58(BitcoinNetwork.MAINNET);
    }
}
