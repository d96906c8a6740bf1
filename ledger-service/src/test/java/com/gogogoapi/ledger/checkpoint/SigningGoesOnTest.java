package com.gogogoapi.ledger.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.ledger.checkpoint.SigningConfiguration.Signing;
import com.gogogoapi.ledger.log.LedgerLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** The thread that signs, when its rounds end as they should not. */
@Tag("integration")
class SigningGoesOnTest {

    private static final Duration SOON = Duration.ofMinutes(2);

    private CheckpointBroker kafka;
    private final GrantsLog grants = new GrantsLog();
    private final AtomicInteger reads = new AtomicInteger();

    @BeforeEach
    void start() throws Exception {
        kafka = CheckpointBroker.start();
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    /** The log, with something done at every page that is read of it. */
    private LedgerLog log(IntConsumer atRead) {
        return (LedgerLog) Proxy.newProxyInstance(
                LedgerLog.class.getClassLoader(), new Class<?>[] {LedgerLog.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("shardAfter")) {
                        atRead.accept(reads.incrementAndGet());
                    }
                    try {
                        return method.invoke(grants.log, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Checkpoints checkpoints(LedgerLog log) {
        return new Checkpoints(
                log,
                grants.ends,
                grants.store,
                new CheckpointProperties("", Duration.ofMillis(50), "", 100),
                new Signing(Optional.of(GrantsLog.KEY)),
                kafka.clients(),
                kafka.publisher(),
                new SimpleMeterRegistry(),
                Clock.systemUTC());
    }

    @Test
    void afterAnExhaustedMemory() throws Exception {
        grants.append(5);
        var checkpoints = checkpoints(log(read -> {
            if (read < 3) {
                throw new OutOfMemoryError("no room for a page");
            }
        }));
        checkpoints.start();
        try {
            await().atMost(SOON).until(() -> grants.lastNumber().equals(Optional.of(1L)));
            assertThat(checkpoints.health().getStatus()).isEqualTo(Status.UP);
        } finally {
            checkpoints.stop();
        }
        assertThat(checkpoints.health().getStatus()).as("stopped").isEqualTo(Status.DOWN);
    }

    @Test
    void afterADefect() throws Exception {
        grants.append(5);
        var checkpoints = checkpoints(log(read -> {
            if (read < 3) {
                throw new ArithmeticException("a defect");
            }
        }));
        checkpoints.start();
        try {
            await().atMost(SOON).until(() -> grants.lastNumber().equals(Optional.of(1L)));
        } finally {
            checkpoints.stop();
        }
    }
}
