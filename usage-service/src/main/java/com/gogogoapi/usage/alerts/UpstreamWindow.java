package com.gogogoapi.usage.alerts;

/**
 * How a route's upstream did in the last five minutes, by an account's own requests. Pure.
 *
 * @param begun in seconds since 1970
 * @param isFailing whether that was told, and not yet that it is over
 */
record UpstreamWindow(long begun, int ended, int failed, boolean isFailing) {

    static final long SECONDS = 300;

    /** Fewer are chance. */
    private static final int LEAST_FAILED = 5;

    /** It is over once so many in a row of a later window went well. */
    private static final int WELL = 5;

    static final UpstreamWindow NONE = new UpstreamWindow(0, 0, 0, false);

    /** After one more request ended. */
    UpstreamWindow after(long second, boolean isFailure) {
        var begin = Math.floorDiv(second, SECONDS) * SECONDS;
        var isSame = begin <= begun;
        var next = new UpstreamWindow(
                isSame ? begun : begin,
                (isSame ? ended : 0) + 1,
                (isSame ? failed : 0) + (isFailure ? 1 : 0),
                isFailing);
        if (!isFailing && next.failed >= LEAST_FAILED && 2 * next.failed >= next.ended) {
            return next.failing(true);
        }
        return isFailing && next.failed == 0 && next.ended >= WELL ? next.failing(false) : next;
    }

    private UpstreamWindow failing(boolean failing) {
        return new UpstreamWindow(begun, ended, failed, failing);
    }
}
