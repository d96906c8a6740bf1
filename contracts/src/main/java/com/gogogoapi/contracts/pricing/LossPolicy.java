package com.gogogoapi.contracts.pricing;

/** What becomes of a route while its price is below what the upstream charges for it. */
public enum LossPolicy {
    /** It is sold anyway; the alarm alone tells. */
    SELL,
    /** It is not sold while that lasts. */
    SUSPEND
}
