package com.gogogoapi.funding.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.errors.ApiError;
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

    record Page(String object, List<AddressView> data) {}

    record AddressView(
            @JsonProperty("chain_id") String chainId,
            String name,
            String address,
            String finality,
            List<TokenView> tokens) {

        static AddressView of(Chain chain, EvmAddress address) {
            return new AddressView(
                    chain.id().text(),
                    chain.name(),
                    address.checksummed(),
                    chain.finality().toString(),
                    chain.tokens().stream().map(TokenView::of).toList());
        }
    }

    record TokenView(String symbol, String contract, int decimals) {

        static TokenView of(Token token) {
            return new TokenView(token.symbol(), token.contract().checksummed(), token.decimals());
        }
    }

    /** One a chain. The first who asks for an account's has its address assigned, which it keeps for ever. */
    @GetMapping
    Page list(HttpServletRequest request) {
        var account = Accounts.of(request);
        if (chains.all().isEmpty()) {
            return new Page("list", List.of());
        }
        var address = addresses
                .assigned(account)
                .orElseThrow(() -> ApiError.unavailable("funding_unavailable", "No address can be derived just now."));
        return new Page(
                "list",
                chains.all().stream()
                        .map(chain -> AddressView.of(chain, address))
                        .toList());
    }
}
