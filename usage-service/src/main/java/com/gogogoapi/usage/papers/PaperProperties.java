package com.gogogoapi.usage.papers;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Statements and receipts as PDF ({@code gogogoapi.usage.papers.*}).
 *
 * @param seller who sells the credit, as it stands on each
 * @param atOnce how many are made at the same time; whoever comes then waits
 * @param waitAtMost for so long
 */
@ConfigurationProperties("gogogoapi.usage.papers")
public record PaperProperties(
        @DefaultValue Seller seller,
        @DefaultValue("2") int atOnce,
        @DefaultValue("10s") Duration waitAtMost) {

    /** @throws IllegalArgumentException if none could be made */
    public PaperProperties {
        if (atOnce < 1) {
            throw new IllegalArgumentException("gogogoapi.usage.papers.at-once must be 1 or more.");
        }
    }

    /**
     * Who sells the credit.
     *
     * @param address a line each
     * @param taxId as the seller's tax office has it; null for none
     */
    public record Seller(
            @DefaultValue("gogogoapi") String name,
            @DefaultValue List<String> address,
            @Nullable String taxId) {

        public Seller {
            address = List.copyOf(address);
        }
    }
}
