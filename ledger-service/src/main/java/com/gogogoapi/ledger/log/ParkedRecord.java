package com.gogogoapi.ledger.log;

/**
 * An intake record set aside because it, or one of its account before it, could not be decided.
 *
 * @param why what was wrong with it, or {@link #WAITS}; for an operator's eyes, at most {@value #MAX_WHY_CHARS}
 *     characters
 */
public record ParkedRecord(IntakeRecord record, String why) {

    /** Why a record is parked that has nothing wrong in itself. */
    public static final String WAITS = "waits behind an earlier record";

    public static final int MAX_WHY_CHARS = 500;

    public ParkedRecord {
        why = why.length() <= MAX_WHY_CHARS ? why : why.substring(0, MAX_WHY_CHARS);
    }

    public long offset() {
        return record.offset();
    }
}
