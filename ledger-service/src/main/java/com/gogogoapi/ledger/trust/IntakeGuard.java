package com.gogogoapi.ledger.trust;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.InstallationAccount;
import com.gogogoapi.contracts.ledger.intake.InstallationIntake;
import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import com.gogogoapi.contracts.wire.EventType;
import com.gogogoapi.contracts.wire.IntakeAuthor;
import com.gogogoapi.ledger.log.IntakeRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a record is decided at all. What is not is set aside without a word to its account: whoever can only reach the
 * broker must not be able to stop anybody's account either.
 *
 * <p>A shard asks this from the event {@link com.gogogoapi.contracts.ledger.IntakeAuthenticated} of its log on; what concerns
 * the installation itself it asks always. Open, so that tests can have a ledger that believes everybody.
 */
public class IntakeGuard {

    private final IntakeKeys keys;

    public IntakeGuard(IntakeKeys keys) {
        this.keys = keys;
    }

    /**
     * Why a record is not decided.
     *
     * @param reason a short word for the metric, of few different values
     */
    public record Refusal(String reason, String detail) {}

    /** As {@link IntakeKeys#authorOf}. */
    public @Nullable IntakeAuthor authorOf(IntakeRecord record) {
        return keys.authorOf(record);
    }

    /**
     * Why it is not decided; empty if it may be.
     *
     * @param author as {@link #authorOf} said
     * @param asked what it asks for; null for one that cannot be read
     */
    public Optional<Refusal> refusal(
            IntakeRecord record, @Nullable IntakeAuthor author, @Nullable LedgerIntake asked, ShardTrust trust) {
        var ofInstallation = InstallationAccount.is(new AccountId(record.accountId()));
        if (ofInstallation && !(asked instanceof InstallationIntake)) {
            // Also what cannot be read: the installation has no story that could be parked.
            return refuse(
                    "no-account", "The installation itself must be asked for nothing else than what concerns it.");
        }
        if (!trust.authenticated() && !(asked instanceof InstallationIntake)) {
            return Optional.empty();
        }
        if (author == null) {
            return refuse("unauthenticated", whyUnauthenticated(record));
        }
        if (ofInstallation
                ? !record.accountId()
                        .equals(InstallationAccount.of(record.shard()).value())
                : keys.shardOf(record.accountId()) != record.shard()) {
            return refuse("wrong-shard", "It must be in the shard of its account.");
        }
        var type = EventType.named(record.type());
        if (type.isPresent() && !author.makes(type.get())) {
            return refuse("wrong-author", author.service() + " must not make " + record.type() + ".");
        }
        var fault = asked == null ? null : Orders.fault(asked, author, trust);
        return fault == null ? Optional.empty() : refuse("unsigned", fault);
    }

    /** Of a record that was believed before and is decided again: whether its order still holds. */
    public @Nullable String faultOfParked(LedgerIntake asked, ShardTrust trust) {
        return trust.authenticated() ? Orders.fault(asked, null, trust) : null;
    }

    /** What is decided of it: what cannot be checked yet must not stand in the log as if it had been. */
    public LedgerIntake toDecide(LedgerIntake asked, ShardTrust trust) {
        return trust.authenticated() ? asked : Orders.unsigned(asked);
    }

    private static String whyUnauthenticated(IntakeRecord record) {
        var seal = record.seal();
        return seal == null
                ? "It must be authenticated by the service that made it."
                : "It must be authenticated by a secret that the ledger knows, and be as it was made; it names "
                        + (seal.key().matches("[0-9a-f]{16}") ? seal.key() : "none") + ".";
    }

    private static Optional<Refusal> refuse(String reason, String detail) {
        return Optional.of(new Refusal(reason, detail));
    }
}
