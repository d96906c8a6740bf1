package com.gogogoapi.quote.quoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.money.UsdPerMillion;
import com.gogogoapi.contracts.pricing.TokenPrices;
import com.gogogoapi.contracts.quote.ExecutionIds;
import com.gogogoapi.contracts.quote.RequestProtocol;
import com.gogogoapi.quote.request.PricedRequest;
import com.gogogoapi.quote.request.Requests;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindingQuotesTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final AccountId ANN = new AccountId("acct_ann");
    private static final AccountId BEN = new AccountId("acct_ben");
    private static final String BODY =
            "{'model':'flash','messages':[{'role':'user','content':'Hi'}],'temperature':0.5}";

    private final UUID quote = TimeOrderedIds.next();
    private final String signed = signer(Duration.ZERO).sign(claims());

    private QuoteClaims claims() {
        return new QuoteClaims(
                quote,
                ANN,
                "chat",
                "flash",
                "v1",
                "peak",
                new TokenPrices(UsdPerMillion.parse("1"), UsdPerMillion.parse("1"), UsdPerMillion.parse("2")),
                5,
                6,
                100,
                256,
                PricedBody.sha256(request(BODY).body()),
                NOON.plusSeconds(300));
    }

    private static QuoteSigner signer(Duration afterNoon) {
        return new QuoteSigner(
                List.of("a signing key of at least 32 bytes"), Clock.fixed(NOON.plus(afterNoon), ZoneOffset.UTC));
    }

    private static PricedRequest request(String json) {
        return Requests.read(RequestProtocol.CHAT, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private QuoteClaims redeem(String quoteId, AccountId account, String body, Duration afterNoon) {
        return new BindingQuotes(signer(afterNoon)).redeem(quoteId, account, request(body), 1, quote);
    }

    private void assertRefused(String code, String reason, String quoteId, AccountId account, String body) {
        assertRefused(code, reason, quoteId, account, body, Duration.ZERO);
    }

    private void assertRefused(
            String code, String reason, String quoteId, AccountId account, String body, Duration afterNoon) {
        assertThatThrownBy(() -> redeem(quoteId, account, body, afterNoon))
                .isInstanceOfSatisfying(ApiError.class, error -> {
                    assertThat(error.status()).isEqualTo(422);
                    assertThat(error.code()).isEqualTo(code);
                    assertThat(error.body().toString()).contains("reason=" + reason);
                });
    }

    @Test
    void aQuoteBindsToItsRequest() {
        assertThat(redeem(signed, ANN, BODY, Duration.ofSeconds(299))).isEqualTo(claims());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ 'messages' : [ {'content':'Hi','role':'user'} ], 'temperature':0.5, 'model':'flash' }",
                "{'model':'flash','messages':[{'role':'user','content':'Hi'}],'temperature':0.5,'stream':true,'stream_options':{},'user':'u'}",
                "{'model':'flash','messages':[{'role':'user','content':'Hi'}],'temperature':0.5,'quote_id':'x','on_insufficient_credit':'shrink','expectedCompletionTokens':3}",
            })
    void howItIsWrittenAndDeliveredMakesNoDifference(String body) {
        assertThat(redeem(signed, ANN, body, Duration.ZERO)).isEqualTo(claims());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'model':'pro','messages':[{'role':'user','content':'Hi'}],'temperature':0.5}",
                "{'model':'flash','messages':[{'role':'user','content':'Hi!'}],'temperature':0.5}",
                "{'model':'flash','messages':[{'role':'system','content':'Hi'}],'temperature':0.5}",
                "{'model':'flash','messages':[{'role':'user','content':'Hi'}],'temperature':0.6}",
                "{'model':'flash','messages':[{'role':'user','content':'Hi'}],'temperature':0.5,'tools':[{}]}",
            })
    void anotherRequestIsRefused(String body) {
        assertRefused("quote_mismatch", "another_body", signed, ANN, body);
    }

    @Test
    void itIsForTheProtocolOfItsRequest() {
        var asMessages =
                Requests.read(RequestProtocol.MESSAGES, BODY.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> new BindingQuotes(signer(Duration.ZERO)).redeem(signed, ANN, asMessages, 1, quote))
                .isInstanceOfSatisfying(
                        ApiError.class, error -> assertThat(error.body().toString())
                                .contains("reason=another_protocol", "made for messages; this one is for chat"));
    }

    @Test
    void anExpiredOneIsRefused() {
        assertRefused("quote_expired", "expired", signed, ANN, BODY, Duration.ofSeconds(300));
    }

    @Test
    void anothersIsRefusedExpiredOrNot() {
        assertRefused("quote_mismatch", "another_account", signed, BEN, BODY);
        assertRefused("quote_mismatch", "another_account", signed, BEN, BODY, Duration.ofSeconds(300));
    }

    @Test
    void anAlteredOneIsRefused() {
        var parts = signed.split("\\.");
        for (var altered : new String[] {
            parts[0] + "." + parts[1] + "." + "A".repeat(43),
            parts[0] + "." + parts[1] + "x." + parts[2],
            "x".repeat(5_000)
        }) {
            assertRefused("quote_mismatch", "altered", altered, ANN, BODY);
        }
    }

    @Test
    void itIsExecutedUnderItsOwnNameOnly() {
        var binding = new BindingQuotes(signer(Duration.ZERO));
        for (var attempt = 1; attempt <= ExecutionIds.MAX_ATTEMPTS; attempt++) {
            assertThat(binding.redeem(signed, ANN, request(BODY), attempt, ExecutionIds.of(quote, attempt)))
                    .isEqualTo(claims());
        }
        assertThatThrownBy(() -> binding.redeem(signed, ANN, request(BODY), 1, TimeOrderedIds.next()))
                .isInstanceOf(ApiError.class);
        assertThatThrownBy(() -> binding.redeem(signed, ANN, request(BODY), 2, quote))
                .isInstanceOf(ApiError.class);
        assertThatThrownBy(() -> ExecutionIds.of(quote, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLowerLimitIsHeldForAndAHigherOneRefused() {
        var limited = redeem(signed, ANN, BODY.replace("}]", "}],'max_tokens':50"), Duration.ZERO);
        assertThat(limited.maxCompletionTokens()).isEqualTo(50);
        assertThat(limited.expectedCompletionTokens()).isEqualTo(50);
        assertThat(limited.mostUsd()).isEqualTo(com.gogogoapi.contracts.money.Usd.usd("0.000106"));
        assertRefused("quote_mismatch", "limit", signed, ANN, BODY.replace("}]", "}],'max_tokens':257"));
    }
}
