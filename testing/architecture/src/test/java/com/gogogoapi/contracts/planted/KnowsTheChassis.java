package com.gogogoapi.contracts.planted;

import com.gogogoapi.chassis.errors.ApiError;

/** Planted: a contract that knows what stands on contracts. */
public final class KnowsTheChassis {

    private KnowsTheChassis() {}

    public static void use(ApiError error) {}
}
