package com.gogogoapi.embedded;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How to reach a Kafka, and as whom. */
public sealed interface KafkaAccess {

    String bootstrapServers();

    /** As Kafka's own clients are told. */
    Map<String, Object> clientSettings();

    /** The same, and others. */
    default Map<String, Object> clientSettings(Map<String, ?> others) {
        var settings = new HashMap<>(clientSettings());
        settings.putAll(others);
        return settings;
    }

    /** As a service of ours is told, for a Kafka of one node. */
    Map<String, String> serviceSettings();

    /** The same, as environment variables. */
    default Map<String, String> serviceEnvironment() {
        return serviceSettings().entrySet().stream()
                .collect(Collectors.toMap(
                        setting -> setting.getKey().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"),
                        Map.Entry::getValue));
    }

    /** The same as arguments, and others. */
    default String[] serviceArguments(String... others) {
        var settings = serviceSettings().entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue());
        return Stream.concat(settings, Stream.of(others)).toArray(String[]::new);
    }

    /** As one of the broker's users. */
    record Login(String bootstrapServers, String mechanism, String username, String password) implements KafkaAccess {

        public static final String PROTOCOL = "SASL_PLAINTEXT";
        public static final String SCRAM = "SCRAM-SHA-512";
        static final String PLAIN = "PLAIN";

        @Override
        public Map<String, Object> clientSettings() {
            return Map.of(
                    "bootstrap.servers", bootstrapServers,
                    "security.protocol", PROTOCOL,
                    "sasl.mechanism", mechanism,
                    "sasl.jaas.config", jaas());
        }

        private String jaas() {
            var module = mechanism.equals(PLAIN) ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
            return "org.apache.kafka.common.security.%s required username=\"%s\" password=\"%s\";"
                    .formatted(module, username, password);
        }

        @Override
        public Map<String, String> serviceSettings() {
            return Map.of(
                    "gogogoapi.kafka-bootstrap-servers", bootstrapServers,
                    "gogogoapi.kafka-username", username,
                    "gogogoapi.kafka-password", password,
                    "gogogoapi.replication-factor", "1");
        }
    }

    /** A broker without a lock. */
    record Open(String bootstrapServers) implements KafkaAccess {

        private static final String PROTOCOL = "PLAINTEXT";

        @Override
        public Map<String, Object> clientSettings() {
            return Map.of("bootstrap.servers", bootstrapServers, "security.protocol", PROTOCOL);
        }

        @Override
        public Map<String, String> serviceSettings() {
            return Map.of(
                    "gogogoapi.kafka-bootstrap-servers", bootstrapServers,
                    "spring.kafka.security.protocol", PROTOCOL,
                    "gogogoapi.replication-factor", "1");
        }
    }
}
