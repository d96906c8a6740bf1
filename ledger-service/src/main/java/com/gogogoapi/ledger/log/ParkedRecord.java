package com.gogogoapi.ledger.log;

import java.util.regex.Pattern;

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

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    public ParkedRecord {
        // It may quote the content, and PostgreSQL stores no NUL in a text.
        why = CONTROL.matcher(why.length() <= MAX_WHY_CHARS ? why : why.substring(0, MAX_WHY_CHARS))
                .replaceAll("?");
    }

    public long offset() {
        return record.offset();
    }
}
