package com.gogogoapi.contracts.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a service and the ledger share, so that the ledger knows the service's records on {@code ledger-intake} from anybody
 * else's: reaching the broker is not enough to be believed.
 *
 * <p>A record carries the secret's id ({@value #KEY_HEADER}) and an HMAC-SHA256 ({@value #MAC_HEADER}) over the domain, the
 * service, topic, record key, {@code ce_id}, {@code ce_type}, {@code replypartition} and the value's exact bytes, each with
 * its length before it. So a record is nobody else's, under no other key, of no other type and identity; sent again as it
 * is, it is a repeat, which the ledger knows by its identity.
 */
public final class IntakeSecret {

    public static final int MIN_SECRET_BYTES = 32;

    public static final String KEY_HEADER = "mac-key";
    public static final String MAC_HEADER = "mac";

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] DOMAIN = "gogogoapi-intake-record-v1".getBytes(UTF_8);
    private static final byte[] KEY_DOMAIN = "gogogoapi-intake-secret-v1".getBytes(UTF_8);
    private static final int ID_BYTES = 8;
    private static final byte[] NOTHING = {};

    private final IntakeAuthor author;
    private final String id;

    /** What is the same for all of its records. */
    private final byte[] beginning;

    /** One a thread: a Mac is made in the time that it takes to use it twice. */
    private final ThreadLocal<Mac> macs;

    /**
     * What a record carries.
     *
     * @param key the secret's id
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared in constant time, never by equals.
    public record Seal(String key, byte[] mac) {}

    /**
     * @param author whose it is
     * @throws IllegalArgumentException if it is shorter than {@link #MIN_SECRET_BYTES}
     */
    public IntakeSecret(IntakeAuthor author, String secret) {
        var bytes = secret.getBytes(UTF_8);
        if (bytes.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "The intake secret of " + author.service() + " must have at least " + MIN_SECRET_BYTES + " bytes.");
        }
        this.author = author;
        var key = new SecretKeySpec(bytes, ALGORITHM);
        this.macs = ThreadLocal.withInitial(() -> mac(key));
        this.beginning = joined(DOMAIN, bytes(author.service()));
        this.id = HexFormat.of().formatHex(mac(key).doFinal(joined(KEY_DOMAIN, bytes(author.service()))), 0, ID_BYTES);
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java platform must have " + ALGORITHM + ".", e);
        }
    }

    public IntakeAuthor author() {
        return author;
    }

    /** Names the secret without telling it. */
    public String id() {
        return id;
    }

    /** Puts the seal on a record that is about to be sent; on one that has it already nothing changes. */
    public void seal(ProducerRecord<String, byte[]> record) {
        var attributes = EventAttributes.of(record.headers());
        var mac = mac(
                record.topic(),
                record.key(),
                attributes.idText(),
                attributes.type(),
                attributes.replyPartitionText(),
                record.value());
        record.headers().remove(KEY_HEADER).remove(MAC_HEADER);
        record.headers().add(KEY_HEADER, id.getBytes(UTF_8)).add(MAC_HEADER, mac);
    }

    /** Whether a record that carries this MAC was made with this secret. */
    public boolean verifies(
            byte[] mac,
            String topic,
            String key,
            String eventId,
            String type,
            @Nullable String replyPartition,
            byte[] value) {
        return MessageDigest.isEqual(mac, mac(topic, key, eventId, type, replyPartition, value));
    }

    private byte[] mac(
            String topic,
            String key,
            @Nullable String eventId,
            @Nullable String type,
            @Nullable String replyPartition,
            byte @Nullable [] value) {
        var parts = new byte[][] {bytes(topic), bytes(key), bytes(eventId), bytes(type), bytes(replyPartition)};
        var size = beginning.length + Integer.BYTES;
        for (var part : parts) {
            size += Integer.BYTES + part.length;
        }
        var before = ByteBuffer.allocate(size).put(beginning);
        for (var part : parts) {
            before.putInt(part.length).put(part);
        }
        var content = value == null ? NOTHING : value;
        var mac = macs.get();
        mac.update(before.putInt(content.length).array());
        return mac.doFinal(content);
    }

    private static byte[] bytes(@Nullable String text) {
        return text == null ? NOTHING : text.getBytes(UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        var all = ByteBuffer.allocate(Arrays.stream(parts)
                .mapToInt(part -> Integer.BYTES + part.length)
                .sum());
        for (var part : parts) {
            all.putInt(part.length).put(part);
        }
        return all.array();
    }
}
