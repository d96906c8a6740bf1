package com.gogogoapi.embedded;

import com.gogogoapi.contracts.wire.BrokerUser;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** Passwords that nobody chose, of letters, digits, {@code -} and {@code _}. */
public final class Passwords {

    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    public static String generate() {
        var bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** One for each user of the broker. */
    public static Map<BrokerUser, String> ofAllBrokerUsers() {
        return Arrays.stream(BrokerUser.values()).collect(Collectors.toMap(user -> user, user -> generate()));
    }
}
