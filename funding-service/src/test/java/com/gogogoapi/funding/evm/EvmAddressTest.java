package com.gogogoapi.funding.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses and hashes as the standards' own examples have them. */
class EvmAddressTest {

    /** Those of EIP-55. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x52908400098527886E0F7030069857D2E4169EE7",
                "0xde709f2102306220921060314715629080e2fb77",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
                "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"
            })
    void theChecksumIsThatOfTheStandard(String text) {
        assertThat(EvmAddress.parse(text).checksummed()).isEqualTo(text);
        assertThat(EvmAddress.parse(text.toLowerCase(java.util.Locale.ROOT))).isEqualTo(EvmAddress.parse(text));
    }

    @Test
    void aSlipOfThePenIsNoticed() {
        assertThatThrownBy(() -> EvmAddress.parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed"))
                .hasMessageContaining("a digit of it is wrong");
        for (var wrong : new String[] {"", "0x", "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "0x" + "g".repeat(40)}) {
            assertThatThrownBy(() -> EvmAddress.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aWordIsAnAddressOnlyWithZerosInFront() {
        var address = EvmAddress.parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
        assertThat(EvmAddress.ofWord(address.word())).isEqualTo(address);
        assertThatThrownBy(() -> EvmAddress.ofWord(address.word().replace("0x0", "0x1")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EvmAddress.ofWord("0x00")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesOfFunctionsAndEventsAreTheKnownOnes() {
        assertThat(Hex.selector("transfer(address,uint256)")).isEqualTo("0xa9059cbb");
        assertThat(Hex.topic("Transfer(address,address,uint256)"))
                .isEqualTo("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
    }

    @Test
    void whatIsNoNumberIsRefused() {
        assertThat(Hex.number("0x7fffffffffffffff")).isEqualTo(Long.MAX_VALUE);
        for (var wrong : new String[] {"", "0x", "12", "0x8000000000000000", "0x-1", "0x" + "1".repeat(65)}) {
            assertThatThrownBy(() -> Hex.number(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
