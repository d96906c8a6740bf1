package com.gogogoapi.ledger.simulation;

/** Deliberately broken parts: the simulation has to find each, or it proves nothing. */
enum Defect {

    /** Promise 1: a snapshot that promises more credit than there is. */
    GENEROUS_SNAPSHOT,

    /** Promise 2: the events of a request are not found again, and identities are not unique. */
    FORGOTTEN_REQUESTS,

    /** Promise 3: nobody announces that holds are over. */
    NO_EXPIRY,

    /** Nobody announces that grants are over. */
    NO_GRANT_EXPIRY,

    /** What is still to expire is not kept with the position that has passed it. */
    FORGOTTEN_GRANTS,

    /** A snapshot that takes grants for such as never expire, and so consumes them out of turn. */
    UNDYING_SNAPSHOT,

    /** Promise 4: the database says committed before it is durable, and loses it when it goes down. */
    LOST_COMMITS,

    /** Promise 4: the events are committed, and in another transaction the offset: a crash between tells. */
    OFFSET_APART,

    /** Promise 4: where the intake lost what was to be read next, it is read on from what it has. */
    GAP_PASSED_OVER,

    /** Promise 4: a gap is no gap any more once the intake has grown past where the shard stands. */
    GAP_OUTGROWN,

    /** Promise 4: an operator's word that a gap may be passed is taken again where the shard comes to stand there again. */
    GAP_PASSED_TWICE,

    /** Promise 4: an end that was lost and has filled again is taken for what was there before. */
    END_REFILLED,

    /** Promise 4: nobody looks whether the topic is the one that the offsets are of. */
    ANY_TOPIC,

    /** What was served is charged: a proxy forgets what Kafka does not take. */
    OUTBOX_FORGETS,

    /** What was served is charged: nobody publishes what dead proxies have noted. */
    NOTES_LEFT_LYING,

    /** Promise 5: nobody is fenced. */
    NO_FENCE,

    /** Promise 6: events are believed published before Kafka has them. */
    PUBLISHED_TOO_SOON,

    /** Promise 6: what was sent after a send that failed is sent on, and overtakes it. */
    OVERTAKING,

    /** Promise 6: events are published that are not in the log. */
    PUBLISHED_UNCOMMITTED,

    /** Promise 11: a snapshot that lost what budgets have held. */
    BUDGETS_WITHOUT_HELD,

    /** Promise 12: whoever reaches the broker is believed. */
    CREDULOUS,

    /** Credit that has left an account is asked for at the other one by nobody any more. */
    HALF_TRANSFERS,

    /** Credit is asked for at the other account without anybody looking whether it has left. */
    BLIND_TRANSFERS,

    /** Promise 8: a snapshot that lost the open holds. */
    FORGETFUL_SNAPSHOT
}
