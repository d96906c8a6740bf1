package com.gogogoapi.ledger.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.gogogoapi.chassis.kafka.EventPublisher;
import com.gogogoapi.chassis.kafka.KafkaClients;
import com.gogogoapi.contracts.wire.Topics;
import com.gogogoapi.embedded.EmbeddedKafka;
import com.gogogoapi.ledger.checkpoint.SigningConfiguration.Signing;
import com.gogogoapi.ledger.log.LedgerLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** The thread that signs, when its rounds end as they should not. */
@Tag("integration")
class SigningGoesOnTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private EmbeddedKafka broker;
    private KafkaClients kafka;
    private EventPublisher publisher;
    private final GrantsLog grants = new GrantsLog();
    private final AtomicInteger reads = new AtomicInteger();

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedKafka.start(Files.createTempDirectory("signing-goes-on-"), 0);
        kafka = KafkaClients.of(broker.asProcess().clientSettings(), "test");
        try (var admin = kafka.newAdmin()) {
            admin.createTopics(List.of(new NewTopic(Topics.LEDGER_CHECKPOINTS, 1, (short) 1)))
                    .all()
                    .get();
        }
        publisher = kafka.publisher(Clock.systemUTC(), "/test");
    }

    @AfterEach
    void stop() {
        kafka.close();
        broker.close();
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
                kafka,
                publisher,
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
