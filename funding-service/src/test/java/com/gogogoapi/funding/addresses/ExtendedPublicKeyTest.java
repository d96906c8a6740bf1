package com.gogogoapi.funding.addresses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Addresses are those that every wallet derives of the same key. */
class ExtendedPublicKeyTest {

    /** Of {@code m/44'/60'/0'/0} of the well-known mnemonic of eleven times test, and junk. */
    static final String XPUB = "xpub6DyUKdwoLWmUJ4Tn9Bbsdtx7B5Ws18mEN19e5HT52ikE53FiUheSQXrZUNPovqfyKmw4579A1Mm3GXXKM"
            + "39N64uooBfJ4tNAzFsEbodRTx4";

    private static final String XPRV =
            "xprv9zz7v8QuW9DB5aPK3A4sGm1Nd3gNbg3NznE3Gu3TUPDFCEvZwALBrjY5d5h8eyKywqqFkKXDaxAKsmL4q"
                    + "VMzN3wBGaC2h3WoJT74EVuGwZi";

    @Test
    void theFirstAreTheKnownOnes() {
        var key = ExtendedPublicKey.parse(XPUB);
        assertThat(key.address(0).checksummed()).isEqualTo("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
        assertThat(key.address(1).checksummed()).isEqualTo("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
        assertThat(key.address(2).checksummed()).isEqualTo("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC");
    }

    @Test
    void aKeyThatCanSpendIsNotTaken() {
        assertThatThrownBy(() -> ExtendedPublicKey.parse(XPRV))
                .hasMessageContaining("a private one can spend, and must not be given to a server")
                .hasMessageNotContaining(XPRV);
    }

    @Test
    void whatIsNoneIsRefused() {
        var wrongDigit = XPUB.substring(0, 50) + (XPUB.charAt(50) == 'a' ? 'b' : 'a') + XPUB.substring(51);
        for (var wrong : new String[] {"", "xpub", wrongDigit, XPUB.substring(1), "0x1234"}) {
            assertThatThrownBy(() -> ExtendedPublicKey.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must be an extended public key");
        }
        assertThatThrownBy(() -> ExtendedPublicKey.parse(XPUB).address(-1)).hasMessage("The index must be 0 or more.");
    }
}
