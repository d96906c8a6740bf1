/**
 * The ledger in a world where one seed decides everything: what customers do, which message arrives, which database call
 * fails, who crashes, stalls or wakes. After every step the log is compared with a single-threaded model.
 */
@NullMarked
package com.gogogoapi.ledger.simulation;

import org.jspecify.annotations.NullMarked;
