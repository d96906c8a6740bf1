package com.gogogoapi.funding.x402;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.funding.addresses.DepositAddresses;
import com.gogogoapi.funding.chains.Chain;
import com.gogogoapi.funding.chains.Chains;
import com.gogogoapi.funding.chains.Token;
import com.gogogoapi.funding.credit.Obstacles;
import com.gogogoapi.funding.evm.EvmAddress;
import com.gogogoapi.funding.evm.Hex;
import com.gogogoapi.funding.rpc.Node;
import com.gogogoapi.funding.rpc.Nodes;
import com.gogogoapi.funding.rpc.RpcException;
import com.gogogoapi.funding.settings.FundingProperties;
import com.gogogoapi.funding.settings.X402Settings;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Whether a payment is right, before anything is done about it: by itself first, and then by what the chain says. */
@Component
class Verification {

    /** Less is not worth beginning with: it would run out on its way. */
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    /** Until it has run out its outcome may be unknown, and its account offered no other. */
    private static final Duration LONGEST = Duration.ofHours(2);

    private static final String PREFIX = "invalid_exact_evm_payload_";

    private final Chains chains;
    private final DepositAddresses addresses;
    private final Obstacles obstacles;
    private final Nodes nodes;
    private final X402Settings settings;
    private final Clock clock;

    Verification(
            Chains chains,
            DepositAddresses addresses,
            Obstacles obstacles,
            Nodes nodes,
            FundingProperties properties,
            Clock clock) {
        this.chains = chains;
        this.addresses = addresses;
        this.obstacles = obstacles;
        this.nodes = nodes;
        this.settings = properties.x402();
        this.clock = clock;
    }

    /** On which chain and in which token something is paid. */
    record Means(Chain chain, Token token, Token.Domain domain) {}

    /** Whoever presents it: that it is one of the account's, signed by its payer, in what is taken here. */
    Means check(AccountId account, PaymentPayload payload) throws PaymentRefusedException {
        var accepted = payload.accepted();
        if (!accepted.scheme().equals("exact")) {
            throw new PaymentRefusedException("unsupported_scheme", "The scheme must be exact.");
        }
        var chain = chains.byId(accepted.network())
                .orElseThrow(() -> new PaymentRefusedException(
                        "invalid_network", "The network must be one that is offered: " + networks() + "."));
        var token = chain.tokens().stream()
                .filter(its -> its.contract().value().equals(accepted.asset().toLowerCase(Locale.ROOT)))
                .filter(its -> its.domain() != null)
                .findFirst()
                .orElseThrow(() -> new PaymentRefusedException(
                        "invalid_payment_requirements", "The asset must be one that is offered on this network."));
        var authorization = payload.authorization();
        var address = addresses.of(chain.family(), account);
        if (address.isEmpty()
                || !authorization.to().equals(address.get())
                || !accepted.payTo()
                        .toLowerCase(Locale.ROOT)
                        .equals(address.get().value())) {
            throw new PaymentRefusedException(
                    PREFIX + "recipient_mismatch", "The payment must be to this account's own address.");
        }
        if (authorization.value().compareTo(accepted.amount()) < 0) {
            throw new PaymentRefusedException(
                    PREFIX + "authorization_value_mismatch", "The payment must be of the amount that it accepted.");
        }
        var domain = Objects.requireNonNull(token.domain());
        var hash =
                authorization.hash(domain.name(), domain.version(), chain.id().number(), token.contract());
        if (!payload.signature()
                .signer(hash)
                .filter(authorization.from()::equals)
                .isPresent()) {
            throw new PaymentRefusedException(PREFIX + "signature", "The payment must be signed by its payer.");
        }
        return new Means(chain, token, domain);
    }

    private String networks() {
        return String.join(
                ", ", chains.all().stream().map(chain -> chain.id().text()).toList());
    }

    /** One that is new: that it can be settled now. @return as it would be taken */
    Payment accept(AccountId account, PaymentPayload payload, Means means, String resource)
            throws PaymentRefusedException, UnavailableException {
        requireAmount(payload, means.token());
        requireTime(payload);
        var payment = new Payment(
                TimeOrderedIds.next(),
                account,
                means.chain().id().text(),
                means.token().contract(),
                means.token().symbol(),
                payload.authorization(),
                payload.signature(),
                payload.acceptedJson(),
                resource,
                0,
                PaymentState.ACCEPTED,
                null,
                null,
                null,
                null,
                clock.instant(),
                null,
                null);
        var obstacle = obstacles.of(means.chain(), means.token(), payment.address());
        if (obstacle.isPresent()) {
            throw new UnavailableException(obstacle.get());
        }
        try {
            var node = nodes.of(means.chain())
                    .preferred()
                    .orElseThrow(() -> new UnavailableException(
                            "no node of " + means.chain().id() + " is good"));
            requireByChain(node, payment);
            return payment.from(node.latest().height());
        } catch (RpcException e) {
            throw new UnavailableException("a node does not answer: " + e.getMessage(), e);
        }
    }

    private void requireAmount(PaymentPayload payload, Token token) throws PaymentRefusedException {
        var usd = token.usd(payload.authorization().value()).map(amount -> amount.amount());
        if (usd.isEmpty()
                || usd.get().compareTo(settings.minimum()) < 0
                || usd.get().compareTo(settings.maximum()) > 0) {
            throw new PaymentRefusedException(
                    PREFIX + "authorization_value",
                    "The payment must be from " + settings.minimum() + " to " + settings.maximum() + " USD.");
        }
    }

    private void requireTime(PaymentPayload payload) throws PaymentRefusedException {
        var now = clock.instant();
        if (payload.authorization().validAfter().compareTo(seconds(now.getEpochSecond())) >= 0) {
            throw new PaymentRefusedException(
                    PREFIX + "authorization_valid_after", "The payment must be valid now; it is not yet.");
        }
        var before = payload.authorization().validBefore();
        if (before.compareTo(seconds(now.plus(SHORTEST).getEpochSecond())) < 0) {
            throw new PaymentRefusedException(
                    PREFIX + "authorization_valid_before",
                    "The payment must be valid for " + SHORTEST.toSeconds()
                            + " seconds at least; it has expired, or is about to.");
        }
        if (before.compareTo(seconds(now.plus(LONGEST).getEpochSecond())) > 0) {
            throw new PaymentRefusedException(
                    PREFIX + "authorization_valid_before",
                    "The payment must be valid for " + LONGEST.toHours() + " hours at most.");
        }
    }

    private static BigInteger seconds(long epoch) {
        return BigInteger.valueOf(epoch);
    }

    private static void requireByChain(Node node, Payment payment) throws RpcException, PaymentRefusedException {
        if (AuthorizationState.isUsed(node, payment)) {
            throw new PaymentRefusedException(
                    "invalid_transaction_state", "The payment must not have been used, or taken back, elsewhere.");
        }
        if (balance(node, payment.contract(), payment.payer()).compareTo(payment.amount()) < 0) {
            throw new PaymentRefusedException("insufficient_funds", "The payer must have as much of the token.");
        }
        try {
            node.call(payment.contract(), payment.authorization().call(payment.signature()));
        } catch (RpcException e) {
            if (e.kind() == RpcException.Kind.REFUSED) {
                throw new PaymentRefusedException(
                        "invalid_transaction_state", "The token's contract must take the payment; it does not.");
            }
            throw e;
        }
    }

    private static BigInteger balance(Node node, EvmAddress contract, EvmAddress of) throws RpcException {
        var data = Hex.selector("balanceOf(address)") + of.word().substring(2);
        return Hex.firstWord(node.call(contract, data));
    }
}
