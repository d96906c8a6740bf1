package com.gogogoapi.account.provider;

import com.gogogoapi.account.provider.ProviderAttempts.Attempt;
import com.gogogoapi.account.signin.SignInProperties;
import com.gogogoapi.chassis.errors.ApiError;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Speaks with the provider: the code flow with PKCE, a nonce, and a signature that is checked with the keys that it publishes.
 * What it says of itself is asked for when it is first needed, so that this service starts without it.
 */
@Component
@EnableConfigurationProperties(ProviderProperties.class)
class OpenIdProvider {

    static final String CALLBACK = "/sign-in/provider/callback";

    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 10_000;
    private static final int MAX_KEYS_BYTES = 500_000;
    private static final Duration KNOWN_FOR = Duration.ofHours(1);

    /** Those with a public key; what a shared secret signs, anybody who has it could have signed. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final ProviderProperties properties;
    private final SignInProperties signIn;
    private final Clock clock;
    private @Nullable Known known;

    OpenIdProvider(ProviderProperties properties, SignInProperties signIn, Clock clock) {
        this.properties = properties;
        this.signIn = signIn;
        this.clock = clock;
        if (properties.isThere() && signIn.publicAddress().isEmpty()) {
            throw new IllegalArgumentException("gogogoapi.account.sign-in.public-url must be set where"
                    + " gogogoapi.account.openid-connect is: the provider sends browsers back to it.");
        }
    }

    /** What the provider says of itself, and how its tokens are checked. */
    private record Known(OIDCProviderMetadata metadata, IDTokenValidator validator, Instant at) {}

    /** Whom it has signed in. @param email in which it has made sure that he reads what is sent there */
    record Shown(String subject, String email) {}

    boolean isThere() {
        return properties.isThere();
    }

    /** Where a browser goes to sign in. @throws ApiError 503 if the provider does not answer */
    URI whereTo(State state, Nonce nonce, CodeVerifier verifier) {
        return new AuthenticationRequest.Builder(ResponseType.CODE, new Scope("openid", "email"), client(), callback())
                .endpointURI(known().metadata().getAuthorizationEndpointURI())
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /**
     * Who came back.
     *
     * @param code that his browser was given
     * @throws ApiError 422 provider_not_believed or email_not_verified, 503 if the provider does not answer
     */
    Shown shown(String code, Attempt attempt) {
        var provider = known();
        try {
            var tokens = tokens(provider, code, attempt);
            var claims = provider.validator().validate(tokens.getOIDCTokens().getIDToken(), new Nonce(attempt.nonce()));
            var subject = claims.getSubject().getValue();
            var shown = verifiedEmail(claims);
            if (shown == null) {
                shown = verifiedEmail(userInfo(provider, tokens, subject));
            }
            if (shown == null) {
                throw ApiError.conflict(
                        "email_not_verified", null, "The provider must have verified the e-mail address.");
            }
            return new Shown(subject, shown);
        } catch (GeneralException | BadJOSEException | JOSEException e) {
            throw notBelieved().becauseOf(e);
        } catch (IOException e) {
            throw away(e);
        }
    }

    private OIDCTokenResponse tokens(Known provider, String code, Attempt attempt) throws IOException, ParseException {
        var request = new TokenRequest.Builder(
                        provider.metadata().getTokenEndpointURI(),
                        new ClientSecretBasic(client(), new Secret(Objects.requireNonNull(properties.clientSecret()))),
                        new AuthorizationCodeGrant(
                                new AuthorizationCode(code), callback(), new CodeVerifier(attempt.verifier())))
                .build()
                .toHTTPRequest();
        var answer = OIDCTokenResponseParser.parse(sent(request));
        if (answer instanceof OIDCTokenResponse tokens && tokens.indicatesSuccess()) {
            return tokens;
        }
        throw notBelieved();
    }

    /** What a provider leaves out of the token, it tells here. */
    private static ClaimsSet userInfo(Known provider, OIDCTokenResponse tokens, String subject)
            throws IOException, ParseException {
        var endpoint = provider.metadata().getUserInfoEndpointURI();
        if (endpoint == null) {
            return new ClaimsSet();
        }
        var request = new UserInfoRequest(endpoint, tokens.getOIDCTokens().getBearerAccessToken()).toHTTPRequest();
        var answer = UserInfoResponse.parse(sent(request));
        if (!answer.indicatesSuccess()) {
            throw notBelieved();
        }
        var info = answer.toSuccessResponse().getUserInfo();
        if (info == null || !info.getSubject().getValue().equals(subject)) {
            throw notBelieved();
        }
        return info;
    }

    private static HTTPResponse sent(HTTPRequest request) throws IOException {
        request.setConnectTimeout(CONNECT_MILLIS);
        request.setReadTimeout(READ_MILLIS);
        request.setFollowRedirects(false);
        return request.send();
    }

    private static @Nullable String verifiedEmail(ClaimsSet claims) {
        return Boolean.TRUE.equals(claims.getBooleanClaim("email_verified")) ? claims.getStringClaim("email") : null;
    }

    private synchronized Known known() {
        var now = clock.instant();
        var last = known;
        if (last == null || last.at().plus(KNOWN_FOR).isBefore(now)) {
            last = asked(now);
            known = last;
        }
        return last;
    }

    private Known asked(Instant now) {
        var issuer = new Issuer(Objects.requireNonNull(properties.issuer()));
        try {
            var metadata = OIDCProviderMetadata.resolve(issuer, CONNECT_MILLIS, READ_MILLIS);
            var keys = JWKSourceBuilder.<SecurityContext>create(
                            metadata.getJWKSetURI().toURL(),
                            new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MAX_KEYS_BYTES))
                    .build();
            var validator =
                    new IDTokenValidator(issuer, client(), new JWSVerificationKeySelector<>(ALGORITHMS, keys), null);
            return new Known(metadata, validator, now);
        } catch (GeneralException | IOException e) {
            throw away(e);
        }
    }

    private ClientID client() {
        return new ClientID(Objects.requireNonNull(properties.clientId()));
    }

    private URI callback() {
        return URI.create(signIn.publicAddress() + CALLBACK);
    }

    private static ApiError notBelieved() {
        return ApiError.conflict(
                "provider_not_believed", null, "What the provider says must be for this sign-in, signed and of now.");
    }

    private static ApiError away(Exception cause) {
        return ApiError.unavailable("provider_unavailable", "The provider does not answer; sign in in another way.")
                .becauseOf(cause);
    }
}
