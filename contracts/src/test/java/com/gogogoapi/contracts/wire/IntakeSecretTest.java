package com.gogogoapi.contracts.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.gogogoapi.contracts.ledger.intake.LedgerIntake;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntakeSecretTest {

    private static final String TEXT = "a secret of the proxy-service and of nobody else";
    private static final IntakeSecret SECRET = new IntakeSecret(IntakeAuthor.PROXY_SERVICE, TEXT);
    private static final String ID = "01a21049-56f2-7d46-8bdb-053a606b9931";
    private static final String TYPE = "com.gogogoapi.GrantRequested.v1";
    private static final byte[] VALUE = "{\"amountUsd\":\"5.00\"}".getBytes(UTF_8);

    private static ProducerRecord<String, byte[]> record() {
        var record = new ProducerRecord<>(Topics.LEDGER_INTAKE, "acct_1", VALUE);
        record.headers().add("ce_id", ID.getBytes(UTF_8)).add("ce_type", TYPE.getBytes(UTF_8));
        record.headers().add("replypartition", "3".getBytes(UTF_8));
        return record;
    }

    private static IntakeSecret.Seal sealOf(ProducerRecord<String, byte[]> record) {
        var seal = EventAttributes.of(record.headers()).seal();
        assertThat(seal).isNotNull();
        return seal;
    }

    private static boolean verifies(
            IntakeSecret secret,
            String topic,
            String key,
            String id,
            String type,
            @Nullable String reply,
            byte[] value) {
        var record = record();
        SECRET.seal(record);
        return secret.verifies(sealOf(record).mac(), topic, key, id, type, reply, value);
    }

    /** As whoever writes a service in another language has to make it. */
    @Test
    void isTheMacOfThePublishedRule() throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(TEXT.getBytes(UTF_8), "HmacSHA256"));
        for (var part : List.of(
                "gogogoapi-intake-record-v1",
                "proxy-service",
                "ledger-intake",
                "acct_1",
                ID,
                TYPE,
                "3",
                new String(VALUE, UTF_8))) {
            var bytes = part.getBytes(UTF_8);
            mac.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
            mac.update(bytes);
        }
        var record = record();
        SECRET.seal(record);
        assertThat(sealOf(record).mac()).isEqualTo(mac.doFinal());
        assertThat(sealOf(record).key()).isEqualTo(SECRET.id()).matches("[0-9a-f]{16}");
    }

    @Test
    void isOfThisRecordAloneAndOfThisServiceAlone() {
        var topic = Topics.LEDGER_INTAKE;
        assertThat(verifies(SECRET, topic, "acct_1", ID, TYPE, "3", VALUE)).isTrue();
        assertThat(verifies(SECRET, "ledger-events", "acct_1", ID, TYPE, "3", VALUE))
                .isFalse();
        assertThat(verifies(SECRET, topic, "acct_2", ID, TYPE, "3", VALUE)).isFalse();
        assertThat(verifies(SECRET, topic, "acct_1", ID.replace('1', '2'), TYPE, "3", VALUE))
                .isFalse();
        assertThat(verifies(SECRET, topic, "acct_1", ID, TYPE.replace("v1", "v2"), "3", VALUE))
                .isFalse();
        assertThat(verifies(SECRET, topic, "acct_1", ID, TYPE, "4", VALUE)).isFalse();
        assertThat(verifies(SECRET, topic, "acct_1", ID, TYPE, null, VALUE)).isFalse();
        assertThat(verifies(SECRET, topic, "acct_1", ID, TYPE, "3", "{\"amountUsd\":\"6.00\"}".getBytes(UTF_8)))
                .isFalse();
        // What is moved from one part into the next is another record.
        assertThat(verifies(SECRET, topic, "acct_", "1" + ID, TYPE, "3", VALUE)).isFalse();
        var quotes = new IntakeSecret(IntakeAuthor.QUOTE_SERVICE, TEXT);
        assertThat(verifies(quotes, topic, "acct_1", ID, TYPE, "3", VALUE)).isFalse();
        assertThat(quotes.id()).isNotEqualTo(SECRET.id());
    }

    @Test
    void sealsAnewWhatIsSentAgain() {
        var record = record();
        SECRET.seal(record);
        SECRET.seal(record);
        assertThat(record.headers().headers(IntakeSecret.MAC_HEADER)).hasSize(1);
        assertThat(record.headers().headers(IntakeSecret.KEY_HEADER)).hasSize(1);
    }

    @Test
    void isLongEnough() {
        assertThatThrownBy(() -> new IntakeSecret(IntakeAuthor.QUOTE_SERVICE, "x".repeat(31)))
                .hasMessage("The intake secret of quote-service must have at least 32 bytes.");
    }

    /** Or a record could be sent that the ledger never takes. */
    @Test
    void everyRecordOfTheIntakeHasAnAuthor() {
        var made = new HashSet<EventType>();
        for (var type : EventType.values()) {
            if (LedgerIntake.class.isAssignableFrom(type.eventClass())) {
                assertThat(IntakeAuthor.values()).as(type.name()).anyMatch(author -> author.makes(type));
                made.add(type);
            } else {
                assertThat(IntakeAuthor.values()).as(type.name()).noneMatch(author -> author.makes(type));
            }
        }
        assertThat(made).hasSizeGreaterThan(6);
    }
}
