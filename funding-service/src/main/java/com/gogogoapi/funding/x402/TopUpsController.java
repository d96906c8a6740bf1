package com.gogogoapi.funding.x402;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.gogogoapi.chassis.bodies.BodyFields;
import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.contracts.wire.ServiceHeaders;
import com.gogogoapi.funding.addresses.DepositAddresses;
import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.x402.Offers.PaymentRequired;
import com.gogogoapi.funding.x402.TopUps.Standing;
import com.gogogoapi.funding.x402.TopUps.Until;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the proxy asks for whoever pays: what can be paid, that a payment be taken, and how one stands. */
@RestController
@RequestMapping("/internal/top-ups")
class TopUpsController {

    private static final int MAX_TEXT_CHARS = 2_048;
    /** Of the header that the proxy lets through; what is longer is refused there. */
    private static final int MAX_PAYMENT_CHARS = 16_384;

    private static final int MAX_NAME_CHARS = 40;

    private final Offers offers;
    private final TopUps topUps;
    private final Payments payments;
    private final DepositAddresses addresses;
    private final Chains chains;

    TopUpsController(Offers offers, TopUps topUps, Payments payments, DepositAddresses addresses, Chains chains) {
        this.offers = offers;
        this.topUps = topUps;
        this.payments = payments;
        this.addresses = addresses;
        this.chains = chains;
    }

    /**
     * How a payment stands.
     *
     * @param amount in tokens
     * @param transaction null while none is known that settled it
     * @param reason why it failed, by x402's names
     */
    record PaymentView(
            UUID id,
            String object,
            String state,
            boolean credited,
            String network,
            String token,
            String asset,
            String amount,
            @JsonProperty("amount_atomic") String amountAtomic,
            String payer,
            String address,
            @Nullable String transaction,
            @Nullable String reason,
            @JsonProperty("accepted_at") Instant acceptedAt,
            @JsonProperty("settled_at") @Nullable Instant settledAt) {}

    /** @param paymentRequired null where nothing can be paid @param inFlight one of the account's whose outcome is not known */
    record Offer(
            @JsonProperty("payment_required") @Nullable PaymentRequired paymentRequired,
            @JsonProperty("in_flight") @Nullable PaymentView inFlight) {}

    /** @param outcome {@code paid}, {@code pending} or {@code refused} */
    record Outcome(
            String outcome,
            @Nullable String reason,
            @Nullable String message,
            @Nullable PaymentView payment) {}

    /** What the account can be paid with: of so much, or of so much as is missing. */
    @PostMapping("/offers")
    Offer offers(HttpServletRequest request, @RequestBody byte[] json) {
        var account = account(request);
        var body = BodyFields.of(json, "amount_usd", "missing_usd", "chain_id", "token", "url", "error");
        var inFlight = payments.inFlight(account)
                .map(payment -> view(topUps.standing(payment)))
                .orElse(null);
        if (!offers.areAny()) {
            return new Offer(null, inFlight);
        }
        var amounts = body.says("missing_usd")
                ? offers.amountsFor(amount(body, "missing_usd"))
                : List.of(within(amount(body, "amount_usd")).amount());
        var offered = offers.of(
                chain -> address(chain, account),
                amounts,
                body.text("url", MAX_TEXT_CHARS),
                body.text("error", MAX_TEXT_CHARS),
                body.optionalText("chain_id", MAX_NAME_CHARS),
                body.optionalText("token", MAX_NAME_CHARS));
        if (offered.accepts().isEmpty()) {
            throw ApiError.invalidRequest(
                    body.says("chain_id") ? "chain_id" : "token",
                    "chain_id and token must be of a chain and a token that can be paid by a signed authorisation.");
        }
        return new Offer(offered, inFlight);
    }

    private EvmAddress address(Chain chain, AccountId account) {
        return addresses
                .assigned(chain.family(), account)
                .orElseThrow(() -> ApiError.unavailable(
                        "funding_unavailable", "No address of " + chain.id() + " can be derived just now."));
    }

    /** Takes a payment: {@code {"payment","resource","until"}}, where until is settled or credited. */
    @PostMapping
    Outcome pay(HttpServletRequest request, @RequestBody byte[] json) {
        var account = account(request);
        var body = BodyFields.of(json, "payment", "resource", "until");
        var until = body.text("until", MAX_NAME_CHARS).equals("settled") ? Until.SETTLED : Until.CREDITED;
        var payload = PaymentPayload.parse(body.text("payment", MAX_PAYMENT_CHARS));
        try {
            var standing = topUps.pay(account, payload, body.text("resource", MAX_TEXT_CHARS), until);
            return new Outcome(standing.is(until) ? "paid" : "pending", null, null, view(standing));
        } catch (PaymentRefusedException e) {
            return new Outcome("refused", e.reason(), e.getMessage(), null);
        }
    }

    /** How one of the account's stands. */
    @GetMapping("/{payment}")
    PaymentView one(HttpServletRequest request, @PathVariable String payment) {
        var account = account(request);
        return id(payment)
                .flatMap(payments::byId)
                .filter(found -> found.account().equals(account))
                .map(found -> view(topUps.standing(found)))
                .orElseThrow(() -> ApiError.notFound("There is no such payment."));
    }

    private static java.util.Optional<UUID> id(String text) {
        try {
            return java.util.Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return java.util.Optional.empty();
        }
    }

    private static AccountId account(HttpServletRequest request) {
        var account = request.getHeader(ServiceHeaders.ACCOUNT);
        if (account == null || !AccountId.isValid(account)) {
            throw ApiError.invalidRequest(null, "There must be a header " + ServiceHeaders.ACCOUNT + ".");
        }
        return new AccountId(account);
    }

    private Usd within(Usd amount) {
        if (!offers.isWithin(amount) || amount.amount().scale() > 2) {
            throw ApiError.invalidRequest(
                    "amount_usd", "amount_usd must be " + offers.bounds() + " USD, in whole cents.");
        }
        return amount;
    }

    private static Usd amount(BodyFields body, String name) {
        var text = body.text(name, MAX_NAME_CHARS);
        try {
            return Usd.parse(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw ApiError.invalidRequest(name, name + " must be an amount in USD such as \"5.00\".");
        }
    }

    private PaymentView view(Standing standing) {
        var payment = standing.payment();
        var tokens = chains.byId(payment.chainId())
                .flatMap(chain -> chain.token(payment.contract()))
                .map(token -> token.tokens(payment.amount()).toPlainString())
                .orElse("");
        return new PaymentView(
                payment.id(),
                "top_up",
                payment.state().wireName(),
                standing.isCredited(),
                payment.chainId(),
                payment.symbol(),
                payment.contract().checksummed(),
                tokens,
                payment.amount().toString(),
                payment.payer().checksummed(),
                payment.address().checksummed(),
                payment.settledAt() == null && payment.state().isInFlight() ? null : payment.transactionHash(),
                payment.reason(),
                payment.acceptedAt(),
                payment.settledAt());
    }
}
