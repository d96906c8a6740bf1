package com.gogogoapi.proxy.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.gogogoapi.proxy.ProxyProperties;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * The operators whom the proxy's settings name by a token: the installation's, and its auditor. No other service knows the
 * tokens; that a browser was signed in by one is therefore kept as a proof which only whoever has the token can make and check.
 */
@Component
public class SettingsOperators {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String OF_A_SESSION = "operator session ";

    private final List<Known> known;

    @SuppressWarnings("ArrayRecordComponent") // compared in constant time
    private record Known(Operator operator, byte[] token) {

        /** In time that does not depend on how much of it is right. */
        boolean has(String said) {
            return MessageDigest.isEqual(said.getBytes(UTF_8), token);
        }

        byte[] proof(String sessionToken) {
            try {
                var mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(token, ALGORITHM));
                return mac.doFinal((OF_A_SESSION + sessionToken).getBytes(UTF_8));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform must have " + ALGORITHM + ".", e);
            }
        }
    }

    SettingsOperators(ProxyProperties properties) {
        this.known = Stream.of(
                        new Known(
                                Operator.INSTALLATIONS,
                                properties.operatorToken().getBytes(UTF_8)),
                        new Known(Operator.AUDITOR, properties.auditorToken().getBytes(UTF_8)))
                // An installation without an auditor has an empty token, which opens nothing.
                .filter(one -> one.token().length > 0)
                .toList();
    }

    /** Whose token it is, if one of theirs. */
    Optional<Operator> withToken(String token) {
        return known.stream().filter(one -> one.has(token)).map(Known::operator).findFirst();
    }

    /** Proves that a session was begun with the operator's token; empty for an operator who is none of these. */
    public Optional<byte[]> proof(Operator operator, String sessionToken) {
        return known.stream()
                .filter(one -> one.operator().equals(operator))
                .map(one -> one.proof(sessionToken))
                .findFirst();
    }

    /** Who is proven to have begun a session; empty where his token is another one by now. */
    public Optional<Operator> proven(String sessionToken, byte[] proof) {
        return known.stream()
                .filter(one -> MessageDigest.isEqual(one.proof(sessionToken), proof))
                .map(Known::operator)
                .findFirst();
    }
}
