package com.gogogoapi.ledger.simulation;

/** What befell this world, to see that a run was worth it. */
final class Faults {
    int events;
    int expiries;
    int laterParts;
    int crashes;
    int databaseFailures;
    int stalls;
    int appendsBeside;
    int lostAnswers;
    int lostSends;
    int blockedSenders;
    int newProducers;
    int rebalances;
    int clockJumps;
    int lostSnapshots;
    int retentions;
    int lostEnds;
    int newTopics;
    int gaps;
    int acceptedGaps;
    int notes;
    int notesLeft;
    int takenOver;
    int keptEnds;
    int publishedTwice;
    int deadProxies;
    int refusals;

    void add(Faults other) {
        events += other.events;
        expiries += other.expiries;
        laterParts += other.laterParts;
        crashes += other.crashes;
        databaseFailures += other.databaseFailures;
        stalls += other.stalls;
        appendsBeside += other.appendsBeside;
        lostAnswers += other.lostAnswers;
        lostSends += other.lostSends;
        blockedSenders += other.blockedSenders;
        newProducers += other.newProducers;
        rebalances += other.rebalances;
        clockJumps += other.clockJumps;
        lostSnapshots += other.lostSnapshots;
        retentions += other.retentions;
        lostEnds += other.lostEnds;
        newTopics += other.newTopics;
        gaps += other.gaps;
        acceptedGaps += other.acceptedGaps;
        notes += other.notes;
        notesLeft += other.notesLeft;
        takenOver += other.takenOver;
        keptEnds += other.keptEnds;
        publishedTwice += other.publishedTwice;
        deadProxies += other.deadProxies;
        refusals += other.refusals;
    }

    @Override
    public String toString() {
        return events + " events, " + expiries + " of grants that expired, " + laterParts
                + " of these not the first part, "
                + crashes + " crashes, " + databaseFailures + " failed calls, " + lostAnswers
                + " lost answers of the"
                + " database, " + stalls + " stalls, " + appendsBeside + " appends beside a worker, " + lostSends
                + " failed sends, " + blockedSenders + " producers that took nothing, " + newProducers
                + " new producers, " + rebalances
                + " rebalances, "
                + clockJumps + " clock jumps, " + lostSnapshots + " lost snapshots, " + retentions + " retentions, "
                + lostEnds + " lost ends, " + newTopics + " new topics, " + gaps + " gaps, " + acceptedGaps
                + " of them accepted, " + notes + " notes of proxies, " + notesLeft + " left behind by an end, "
                + takenOver + " taken over, " + keptEnds + " ends that Kafka refused, " + publishedTwice
                + " published twice, " + deadProxies + " dead proxies, " + refusals + " forgeries set aside";
    }
}
