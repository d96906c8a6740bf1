package com.gogogoapi.ledger.simulation;

/** An instance's sudden end: an error, so that no handler of the ledger's holds it up. */
final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    Crash() {
        super("crashed", null, false, false);
    }
}
