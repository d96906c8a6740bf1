package com.gogogoapi.ledger.account.planted;

import java.util.UUID;

/** Planted: a decision whose replay gives other ids. */
public final class MakesIdsByChance {

    private MakesIdsByChance() {}

    public static UUID use() {
        return UUID.randomUUID();
    }
}
