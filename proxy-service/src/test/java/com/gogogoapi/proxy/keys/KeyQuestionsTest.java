package com.gogogoapi.proxy.keys;

import static com.gogogoapi.proxy.keys.Keys.aKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.proxy.services.ServicesForTests;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that this instance has not heard of. */
class KeyQuestionsTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    private final AccountServiceStandIn accounts = new AccountServiceStandIn();
    private final KeyDirectory directory = new KeyDirectory();
    private final KeyQuestions questions =
            new KeyQuestions(ServicesForTests.withAccountServiceAt(accounts.url()), directory);

    KeyQuestionsTest() throws IOException {}

    @AfterEach
    void stop() {
        accounts.close();
    }

    @Test
    void aNewKeyIsKnownAtOnceAndFromThenOn() {
        var key = aKey();
        accounts.knows(key);
        assertThat(questions.ask(key.hash())).isPresent();
        assertThat(directory.find(key.hash())).isPresent();
    }

    @Test
    void manyWhoComeAtOnceAskOnce() throws Exception {
        var key = aKey();
        accounts.knows(key);
        accounts.holdAnswers();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Optional<Caller>>>();
            for (var i = 0; i < 100; i++) {
                answers.add(threads.submit(() -> directory.find(key.hash()).or(() -> questions.ask(key.hash()))));
            }
            await().atMost(SOON).until(() -> accounts.questions.get() > 0);
            accounts.letAnswersGo();
            for (var answer : answers) {
                assertThat(answer.get()).isPresent();
            }
        }
        // One who looked into the directory before the answer and asks after it asks once more, and no more than a few
        // do.
        assertThat(accounts.questions.get()).isLessThan(100);
    }

    @Test
    void thatThereIsNoSuchKeyIsRemembered() {
        var key = aKey();
        for (var i = 0; i < 10; i++) {
            assertThat(questions.ask(key.hash())).isEmpty();
        }
        assertThat(accounts.questions).hasValue(1);
        assertThat(questions.ask(aKey().hash())).isEmpty();
        assertThat(accounts.questions).hasValue(2);
    }

    @Test
    void whereNobodyAnswersItCannotBeTold() {
        accounts.close();
        for (var i = 0; i < 10; i++) {
            assertThat(catchThrowableOfType(ApiError.class, () -> questions.ask(aKey().hash())))
                    .returns(503, ApiError::status)
                    .returns("account_unavailable", ApiError::code)
                    .satisfies(error -> assertThat(error.headers())
                            .containsEntry("Retry-After", "1")
                            .containsEntry("x-should-retry", "true"));
        }
    }

    @Test
    void onlySoManyAreAskedForAtOnce() throws Exception {
        accounts.holdAnswers();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<ApiError>>();
            for (var i = 0; i < 4 * KeyQuestions.MAX_AT_A_TIME; i++) {
                answers.add(
                        threads.submit(() -> catchThrowableOfType(ApiError.class, () -> questions.ask(aKey().hash()))));
            }
            for (var answer : answers) {
                assertThat(answer.get()).returns(503, ApiError::status);
            }
        }
        assertThat(accounts.questions.get()).isLessThanOrEqualTo(KeyQuestions.MAX_AT_A_TIME);
    }
}
