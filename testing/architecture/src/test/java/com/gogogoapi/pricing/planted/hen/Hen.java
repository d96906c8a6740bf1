package com.gogogoapi.pricing.planted.hen;

import com.gogogoapi.pricing.planted.egg.Egg;

/** Planted: the other half of it. */
public final class Hen {

    private Hen() {}

    public static void use(Egg egg) {}
}
