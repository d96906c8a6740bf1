package com.gogogoapi.proxy.funding;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether programs can pay ({@code gogogoapi.proxy.x402.*}).
 *
 * @param enabled whether the funding-service is asked what can be paid where credit is missing
 */
@ConfigurationProperties("gogogoapi.proxy.x402")
record X402Properties(@DefaultValue("false") boolean enabled) {}
