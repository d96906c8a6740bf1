package com.gogogoapi.funding.x402;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.funding.credit.EarlyCredits;
import com.gogogoapi.funding.deposits.DepositState;
import com.gogogoapi.funding.settings.FundingProperties;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes payments: what is right is recorded, settled, and waited for, for as long as its client can be kept waiting. */
@Component
class TopUps {

    private static final Logger log = LoggerFactory.getLogger(TopUps.class);
    private static final long PAUSE_MILLIS = 150;

    private final Settlers settlers;
    private final Verification verification;
    private final Payments payments;
    private final Settling settling;
    private final EarlyCredits earlyCredits;
    private final Duration within;

    TopUps(
            Settlers settlers,
            Verification verification,
            Payments payments,
            Settling settling,
            EarlyCredits earlyCredits,
            FundingProperties properties) {
        this.settlers = settlers;
        this.verification = verification;
        this.payments = payments;
        this.settling = settling;
        this.earlyCredits = earlyCredits;
        this.within = properties.x402().answerWithin();
    }

    /** What a payment is wanted for. */
    enum Until {
        /** That it is in a block. */
        SETTLED,
        /** That the account has it. */
        CREDITED
    }

    /** A payment, and whether the account has it. */
    record Standing(Payment payment, boolean isCredited) {

        boolean is(Until until) {
            return switch (until) {
                case SETTLED ->
                    payment.state() == PaymentState.SETTLED || payment.state() == PaymentState.ARRIVED || isCredited;
                case CREDITED -> isCredited;
            };
        }
    }

    /**
     * Takes a payment, or goes on with it where it was presented before.
     *
     * @param resource what it is presented for now
     * @return as it stands, at the latest when it was waited for long enough
     * @throws PaymentRefusedException if it is not taken, or failed
     * @throws ApiError 422 if it was presented for something else before; 503 if none can be taken now
     */
    Standing pay(AccountId account, PaymentPayload payload, String resource, Until until)
            throws PaymentRefusedException {
        var means = verification.check(account, payload);
        if (payload.resource() != null && !payload.resource().endsWith(resource)) {
            throw otherwise("The payment must be for " + resource + ": it says that it is for something else.");
        }
        var authorization = payload.authorization();
        var known = payments.of(
                means.chain().id().text(), means.token().contract(), authorization.from(), authorization.nonce());
        var payment = known.isPresent() ? known.get() : accept(account, payload, means, resource);
        if (!payment.account().equals(account) || !payment.authorization().equals(authorization)) {
            throw otherwise("The authorisation's nonce must be new: it stands for another payment.");
        }
        if (!payment.resource().equals(resource)) {
            throw otherwise("The payment must be for " + payment.resource()
                    + ", for which it was presented first: what it pays is this account's credit already, or will be.");
        }
        return await(payment.id(), until);
    }

    private static ApiError otherwise(String message) {
        return ApiError.conflict("payment_mismatch", PaymentPayload.HEADER, message);
    }

    private Payment accept(AccountId account, PaymentPayload payload, Verification.Means means, String resource)
            throws PaymentRefusedException {
        try {
            var settler = settlers.current().orElseThrow(() -> new UnavailableException("nobody settles payments"));
            var payment = verification.accept(account, payload, means, resource);
            settler.requireReady(means.chain(), means.token(), payload, payment);
            if (payments.accept(payment)) {
                log.info(
                        "payment {} of {} {} to {} is taken",
                        payment.id(),
                        means.token().tokens(payment.amount()).toPlainString(),
                        payment.symbol(),
                        account);
                return payment;
            }
            // Another was faster with the very same.
            return payments.of(
                            payment.chainId(),
                            payment.contract(),
                            payment.payer(),
                            payment.authorization().nonce())
                    .orElseThrow();
        } catch (UnavailableException e) {
            log.warn("a payment to {} is not taken: {}", account, e.getMessage());
            throw ApiError.unavailable(
                            "payment_unavailable",
                            "Payments cannot be taken just now; nothing was taken. Try again later.")
                    .withHeader("Retry-After", "30")
                    .withShouldRetry(false);
        }
    }

    private Standing await(UUID id, Until until) throws PaymentRefusedException {
        var deadline = System.nanoTime() + within.toNanos();
        while (true) {
            settling.step(id);
            var standing = standing(id);
            if (standing.payment().state() == PaymentState.FAILED && !standing.isCredited()) {
                throw new PaymentRefusedException(
                        String.valueOf(standing.payment().reason()),
                        "The payment must be another one: this one was not settled, and nothing was taken.");
            }
            if (standing.is(until) || System.nanoTime() > deadline || !pause()) {
                return standing;
            }
        }
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Standing standing(UUID id) {
        return standing(payments.byId(id).orElseThrow());
    }

    Standing standing(Payment payment) {
        return new Standing(
                payment,
                earlyCredits.isCredited(payment.id())
                        || payments.stateOfDeposit(payment)
                                .map(DepositState::of)
                                .filter(DepositState.CREDITED::equals)
                                .isPresent());
    }
}
