package com.gogogoapi.pricing.planted.egg;

import com.gogogoapi.pricing.planted.hen.Hen;

/** Planted: half of a circle of packages. */
public final class Egg {

    private Egg() {}

    public static void use(Hen hen) {}
}
