package com.gogogoapi.contracts.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
            throw new IllegalArgumentException("The intake secret of " + author.service() + " must have at least "
                    + MIN_SECRET_BYTES + " bytes.");
        }
        this.author = author;
        var key = new SecretKeySpec(bytes, ALGORITHM);
        this.macs = ThreadLocal.withInitial(() -> mac(key));
        var naming = mac(key);
        add(naming, KEY_DOMAIN);
        add(naming, author.service().getBytes(UTF_8));
        this.id = HexFormat.of().formatHex(naming.doFinal(), 0, ID_BYTES);
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
        var mac = macs.get();
        add(mac, DOMAIN);
        add(mac, bytes(author.service()));
        add(mac, bytes(topic));
        add(mac, bytes(key));
        add(mac, bytes(eventId));
        add(mac, bytes(type));
        add(mac, bytes(replyPartition));
        add(mac, value == null ? NOTHING : value);
        return mac.doFinal();
    }

    private static byte[] bytes(@Nullable String text) {
        return text == null ? NOTHING : text.getBytes(UTF_8);
    }

    private static void add(Mac mac, byte[] part) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        mac.update(part);
    }
}
