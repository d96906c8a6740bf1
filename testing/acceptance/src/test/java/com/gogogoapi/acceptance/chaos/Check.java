package com.gogogoapi.acceptance.chaos;

/** What has to be true of the books after any fault. */
enum Check {
    ACKNOWLEDGED_IS_LOGGED("every acknowledged decision is in the log, byte for byte"),
    ANSWERS_ARE_STABLE("all answers given to repeats of one request are the same"),
    ASKED_IS_ANSWERED("every grant, revocation and quote that was sent has exactly one answer in the log"),
    CHARGED_ONCE("no request is charged twice, and none that completed goes uncharged"),
    HOLDS_END_ONCE("every hold ends exactly once, and is settled late only after it expired"),
    NOTHING_UNASKED("nothing is in the log that nobody asked for"),
    NOTHING_SET_ASIDE("no record was set aside"),
    NO_GAP("no gap in the positions of a shard or in the story of an account, and all intake is taken"),
    CHAIN_HOLDS("the hash chain, computed again from the stored bytes, ends at the head"),
    BALANCES_ADD_UP(
            "balances computed from the events alone are those stated, and granted = available + held + charged + expired + revoked"),
    NEVER_NEGATIVE("no balance is ever below zero"),
    PUBLISHED_IS_LOGGED("what was published is the log, in order and byte for byte"),
    NOTHING_STAYS_HELD("held is zero, or held by holds that have not expired");

    private final String statement;

    Check(String statement) {
        this.statement = statement;
    }

    @Override
    public String toString() {
        return statement;
    }
}
