package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.contracts.ledger.LedgerEvent;
import com.gogogoapi.contracts.ledger.RateStanding;
import com.gogogoapi.contracts.ledger.intake.ParkedResumeRequested;
import com.gogogoapi.contracts.ledger.intake.QuoteRequested;
import com.gogogoapi.ledger.account.Decision;
import com.gogogoapi.ledger.account.budget.Rates;
import com.gogogoapi.ledger.log.ShardBatch;
import java.util.List;

/**
 * What became of one poll.
 *
 * @param appended what is in the log now
 * @param fenced the shards that another owner had moved: nothing of theirs was written
 * @param toResume parked accounts of which a part went on: to be published, so that the rest follows
 */
public record BatchOutcome(List<AppendedShard> appended, List<Integer> fenced, List<ParkedResumeRequested> toResume) {

    /**
     * One record and what was decided on it.
     *
     * @param rates the account's, right after it
     */
    public record DecidedCommand(Decide command, Decision decision, Rates rates) {

        /** How the rates stand that it was measured against; empty if it was against none. */
        public List<RateStanding> rateStandings() {
            return command.intake() instanceof QuoteRequested quote
                    ? rates.standings(quote.limitsOrNone().rates(), command.at())
                    : List.of();
        }
    }

    /**
     * A shard's part of the batch.
     *
     * @param events the events whose rows {@code batch} holds, one for one
     * @param decided all its decisions, also those that brought no event, in the order of the intake
     */
    public record AppendedShard(ShardBatch batch, List<LedgerEvent> events, List<DecidedCommand> decided) {}
}
