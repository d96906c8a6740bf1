package com.gogogoapi.quote.quoting;

import com.gogogoapi.quote.learning.Experience;
import com.gogogoapi.quote.pricebook.PriceBook;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts of quoting together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuoteProperties.class)
class QuotingConfiguration {

    @Bean
    CountingLanes countingLanes() {
        return new CountingLanes();
    }

    @Bean
    QuoteSigner quoteSigner(QuoteProperties properties, Clock clock) {
        return new QuoteSigner(properties.signingKeys(), clock);
    }

    @Bean
    BindingQuotes bindingQuotes(QuoteSigner signer) {
        return new BindingQuotes(signer);
    }

    @Bean
    Quoting quoting(
            PriceBook book, QuoteSigner signer, Experience experience, QuoteProperties properties, Clock clock) {
        return new Quoting(book, signer, new CompletionLimits(experience), properties, clock);
    }
}
