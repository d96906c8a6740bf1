package com.gogogoapi.funding.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.funding.addresses.DepositAddresses;
import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.chains.Token;
import com.gogogoapi.funding.evm.EvmAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where an account is paid. */
@RestController
@RequestMapping("/internal/deposit-addresses")
class DepositAddressesController {

    private final DepositAddresses addresses;
    private final Chains chains;

    DepositAddressesController(DepositAddresses addresses, Chains chains) {
        this.addresses = addresses;
        this.chains = chains;
    }

    /** @param enabled whether anything can be paid at all; {@code explanation} says it in words */
    record Page(String object, boolean enabled, String explanation, List<AddressView> data) {}

    /**
     * @param test whether the chain's tokens are worth nothing
     * @param testPayments whether they can be had for the asking
     * @param usuallyFinalSeconds how long it takes as a rule until a payment is credited
     */
    record AddressView(
            @JsonProperty("chain_id") String chainId,
            String name,
            boolean test,
            @JsonProperty("test_payments") boolean testPayments,
            String address,
            String finality,
            @JsonProperty("usually_final_seconds") long usuallyFinalSeconds,
            List<TokenView> tokens) {

        static AddressView of(Chain chain, EvmAddress address) {
            return new AddressView(
                    chain.id().text(),
                    chain.name(),
                    chain.test(),
                    chain.faucet(),
                    address.checksummed(),
                    chain.finality().toString(),
                    chain.usuallyFinalAfter().toSeconds(),
                    chain.tokens().stream()
                            .map(token -> TokenView.of(chain, token, address))
                            .toList());
        }
    }

    /** @param paymentLink by which a wallet pays there, of whatever amount (EIP-681) */
    record TokenView(
            String symbol,
            String contract,
            int decimals,
            @JsonProperty("payment_link") String paymentLink) {

        static TokenView of(Chain chain, Token token, EvmAddress address) {
            var contract = token.contract().checksummed();
            return new TokenView(
                    token.symbol(),
                    contract,
                    token.decimals(),
                    "ethereum:" + contract + "@" + chain.id().number() + "/transfer?address=" + address.checksummed());
        }
    }

    /** One a chain. The first who asks for an account's has its address assigned, which it keeps for ever. */
    @GetMapping
    Page list(HttpServletRequest request) {
        var account = Accounts.of(request);
        return new Page(
                "list",
                !chains.all().isEmpty(),
                chains.explanation(),
                chains.all().stream()
                        .map(chain -> AddressView.of(chain, address(chain, account)))
                        .toList());
    }

    private EvmAddress address(Chain chain, AccountId account) {
        return addresses
                .assigned(chain.family(), account)
                .orElseThrow(() -> ApiError.unavailable("funding_unavailable", "No address can be derived just now."));
    }
}
