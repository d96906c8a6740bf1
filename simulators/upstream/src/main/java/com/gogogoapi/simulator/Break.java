package com.gogogoapi.simulator;

import java.io.IOException;

/** The connection is to break, now; thrown to the server, which breaks it. */
final class Break extends IOException {
    private static final long serialVersionUID = 1L;
}
