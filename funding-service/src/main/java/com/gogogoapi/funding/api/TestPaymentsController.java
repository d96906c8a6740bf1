package com.gogogoapi.funding.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.funding.addresses.DepositAddresses;
import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.chains.Token;
import com.gogogoapi.funding.faucet.TestPayments;
import com.gogogoapi.funding.rpc.RpcException;
import com.gogogoapi.funding.rpc.TestWallet;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Pays an account tokens of a test chain. No key is kept for it: the chain's own node signs, as nodes do that are made for trying things,
 * and no other node does.
 */
@RestController
@RequestMapping("/internal/test-payments")
class TestPaymentsController {

    private static final Logger log = LoggerFactory.getLogger(TestPaymentsController.class);
    private static final int MAX_CHARS = 40;

    private final Chains chains;
    private final DepositAddresses addresses;
    private final TestPayments payments;
    private final TestWallet wallet;

    TestPaymentsController(Chains chains, DepositAddresses addresses, TestPayments payments, TestWallet wallet) {
        this.chains = chains;
        this.addresses = addresses;
        this.payments = payments;
        this.wallet = wallet;
    }

    record TestPayment(
            String object,
            @JsonProperty("chain_id") String chainId,
            String token,
            String amount,
            String address,
            @JsonProperty("transaction_hash") String transactionHash) {}

    /** {@code {"chain_id","token","amount"}}, the amount in tokens. */
    @PostMapping
    TestPayment pay(@RequestBody byte[] json, HttpServletRequest request) {
        var account = Accounts.of(request);
        var body = BodyFields.of(json, "chain_id", "token", "amount");
        var chain = chain(body.text("chain_id", MAX_CHARS));
        var token = token(chain, body.text("token", MAX_CHARS));
        var amount = amount(token, body.text("amount", MAX_CHARS));
        var address = addresses
                .assigned(chain.family(), account)
                .orElseThrow(() -> ApiError.unavailable("funding_unavailable", "No address can be derived just now."));
        payments.note(account, amount).ifPresent(wait -> {
            throw ApiError.rateLimited(
                    "An account must ask for at most " + TestPayments.AN_HOUR.toPlainString() + " test tokens an hour.",
                    wait);
        });
        try {
            var transaction = wallet.pay(
                    chain,
                    token.contract(),
                    address,
                    amount.movePointRight(token.decimals()).toBigIntegerExact());
            log.info("{} {} of {} were given to {}: {}", amount, token.symbol(), chain.id(), account, transaction);
            return new TestPayment(
                    "test_payment",
                    chain.id().text(),
                    token.symbol(),
                    amount.toPlainString(),
                    address.checksummed(),
                    transaction);
        } catch (RpcException e) {
            throw ApiError.unavailable(
                            "test_chain_unavailable", "The test chain does not answer: " + e.getMessage() + ".")
                    .becauseOf(e);
        }
    }

    private Chain chain(String id) {
        return chains.byId(id)
                .filter(Chain::faucet)
                .orElseThrow(() -> ApiError.invalidRequest(
                        "chain_id",
                        "chain_id must be of a test chain of this installation"
                                + chains.all().stream()
                                        .filter(Chain::faucet)
                                        .map(chain -> ": " + chain.id().text())
                                        .findFirst()
                                        .orElse("; it has none")
                                + "."));
    }

    private static Token token(Chain chain, String symbol) {
        return chain.token(symbol)
                .orElseThrow(() -> ApiError.invalidRequest(
                        "token",
                        "token must be one of "
                                + chain.tokens().stream()
                                        .map(Token::symbol)
                                        .sorted()
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    private static BigDecimal amount(Token token, String text) {
        if (text.matches("[0-9]{1,9}(\\.[0-9]{1,18})?")) {
            var amount = new BigDecimal(text).stripTrailingZeros();
            if (amount.signum() > 0
                    && amount.compareTo(TestPayments.AT_ONCE) <= 0
                    && amount.scale() <= token.decimals()) {
                return amount.scale() < 0 ? amount.setScale(0) : amount;
            }
        }
        throw ApiError.invalidRequest(
                "amount",
                "amount must be a number of tokens above 0, at most " + TestPayments.AT_ONCE.toPlainString()
                        + ", with at most " + token.decimals() + " decimals, as a text such as \"5\".");
    }
}
