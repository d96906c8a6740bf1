package com.gogogoapi.funding.settings;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A token that is credited, one USD for each.
 *
 * @param contract its address
 * @param decimals of its smallest unit
 * @param pausedFunction that says whether the contract is paused, such as {@code paused()}
 * @param blacklistFunction that says whether an address is blacklisted, such as {@code isBlacklisted(address)}
 * @param domainName as its signatures are bound to it (EIP-712); with both it can be paid by a signed authorisation (EIP-3009)
 * @param domainVersion the same
 * @param price below which nothing is credited; without it the price is not looked at
 */
public record TokenSettings(
        @Nullable String contract,
        @Nullable Integer decimals,
        @Nullable String pausedFunction,
        @Nullable String blacklistFunction,
        @Nullable String domainName,
        @Nullable String domainVersion,
        @Nullable Price price) {

    /**
     * @param url that answers JSON
     * @param pointer where in it the price in USD stands (RFC 6901)
     * @param atLeast the lowest price at which is credited, in USD
     * @param every how often it is asked
     * @param validFor how long a price counts: without one that does, nothing is credited
     */
    public record Price(
            @Nullable URI url,
            @DefaultValue("/price") String pointer,
            @DefaultValue("0.98") String atLeast,
            @DefaultValue("1m") Duration every,
            @DefaultValue("10m") Duration validFor) {}
}
