package com.gogogoapi.contracts.planted;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Planted: a contract that only Spring can read. */
@ConfigurationProperties("planted")
public final class KnowsSpring {

    private KnowsSpring() {}
}
