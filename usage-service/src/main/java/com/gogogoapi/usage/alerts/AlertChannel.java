package com.gogogoapi.usage.alerts;

/** A way by which accounts are told. */
public interface AlertChannel {

    /** Keeps the alert to be sent, within the caller's transaction. */
    void keep(Alert alert);
}
