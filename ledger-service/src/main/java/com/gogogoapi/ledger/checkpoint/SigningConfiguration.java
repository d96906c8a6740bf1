package com.gogogoapi.ledger.checkpoint;

import com.gogogoapi.evidence.signing.SigningKey;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The key that this installation signs with, if it has one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CheckpointProperties.class)
public class SigningConfiguration {

    /** The key, or none. A type of its own, since Spring takes an empty Optional for a missing bean. */
    public record Signing(Optional<SigningKey> key) {}

    @Bean
    Signing signing(CheckpointProperties properties) {
        return new Signing(
                properties.key().isBlank() ? Optional.empty() : Optional.of(SigningKey.parse(properties.key())));
    }
}
