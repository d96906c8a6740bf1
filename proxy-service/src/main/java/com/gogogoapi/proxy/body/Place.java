package com.gogogoapi.proxy.body;

import com.gogogoapi.chassis.errors.ApiError;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.identity.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** A request that was let in: it reads its body as there is room for it, and gives all back when it ends. */
public final class Place implements AutoCloseable {

    private static final int TOO_LARGE = 413;

    /** Text is seldom a tenth of its size once it is compressed. */
    static final int MOST_TIMES_LARGER = 100;

    private final Admission admission;
    private final AccountId account;
    private final List<BudgetScope> scopes;
    private final int maxBytes;
    private final Deque<Long> taken = new ArrayDeque<>();

    Place(Admission admission, AccountId account, List<BudgetScope> scopes, int maxBytes) {
        this.admission = admission;
        this.account = account;
        this.scopes = List.copyOf(scopes);
        this.maxBytes = maxBytes;
    }

    /**
     * Reads the body, and what it was before it was compressed: room for it is taken first, or piece by piece where its size
     * is not said.
     *
     * @throws ApiError 413 for a larger one than is accepted; 415 for one that is compressed in a way that is not known; 400
     *     for one that is not compressed in the way that it says; 429 or 503 where there is no room
     */
    public RequestBody receive(HttpServletRequest request) throws IOException {
        var said = request.getContentLengthLong();
        if (said > maxBytes) {
            throw ApiError.bodyTooLarge(maxBytes);
        }
        var encoding = ContentEncoding.of(request);
        var input = request.getInputStream();
        var bytes = said >= 0 ? readSaid(input, (int) said) : readUnsaid(input, maxBytes, true);
        return new RequestBody(encoding.isPresent() ? decoded(encoding.get(), bytes) : bytes, this::giveBack);
    }

    /**
     * What a compressed body was, of which as much is let in as of one that came as it is. It was received whole by then, and
     * is looked through by the few threads there are for that: what decoders take beside is theirs, not each request's.
     */
    private byte[] decoded(ContentEncoding encoding, byte[] encoded) {
        var most = (int) Math.min(maxBytes, Math.max(Admission.SMALL_BYTES, (long) MOST_TIMES_LARGER * encoded.length));
        long encodedRoom = taken.removeFirst();
        try {
            return admission.onAThreadOfItsOwn(() -> decoded(encoding, encoded, most));
        } catch (ApiError e) {
            throw e.status() == TOO_LARGE && most < maxBytes ? tooDense() : e;
        } finally {
            admission.giveBack(account, encodedRoom);
        }
    }

    private byte[] decoded(ContentEncoding encoding, byte[] encoded, int most) {
        if (encoded.length == 0) {
            throw isNot(encoding);
        }
        try (var input = encoding.decoding(encoded)) {
            // Who has room does not wait for more.
            return readUnsaid(input, most, false);
        } catch (IOException e) {
            throw isNot(encoding);
        }
    }

    private static ApiError isNot(ContentEncoding encoding) {
        return ApiError.invalidRequest(
                null,
                "The body must be what Content-Encoding says, whole: this one is no " + encoding.wireName() + ".");
    }

    private static ApiError tooDense() {
        return ApiError.refused(
                TOO_LARGE,
                "request_too_large",
                null,
                "A compressed body must be at most " + MOST_TIMES_LARGER
                        + " times as large as it came; send this one as it is.");
    }

    private byte[] readSaid(InputStream input, int size) throws IOException {
        take(size, true);
        var bytes = new byte[size];
        var read = input.readNBytes(bytes, 0, size);
        if (read < size) {
            throw ApiError.invalidRequest(null, "The body must have as many bytes as its head says.");
        }
        return bytes;
    }

    private byte[] readUnsaid(InputStream input, int most, boolean wait) throws IOException {
        var bytes = new byte[0];
        var size = 0;
        while (true) {
            if (size == bytes.length) {
                bytes = larger(bytes, most, wait);
            }
            var read = input.readNBytes(bytes, size, bytes.length - size);
            size += read;
            if (size > most) {
                throw ApiError.bodyTooLarge(most);
            }
            if (read == 0) {
                return Arrays.copyOf(bytes, size);
            }
        }
    }

    /** Twice as large, with room for both while one is copied to the other. */
    private byte[] larger(byte[] bytes, int most, boolean wait) {
        var twice = Math.max(2L * bytes.length, Admission.SMALL_BYTES);
        // One byte more than is accepted tells a body that is too large from one that is not.
        var size = twice < most ? (int) twice : most + 1;
        take(size, wait);
        var larger = Arrays.copyOf(bytes, size);
        if (taken.size() > 1) {
            admission.giveBack(account, taken.removeFirst());
        }
        return larger;
    }

    /**
     * Looks through what was received; whatever that throws is thrown here. A large body takes a core for a while: that is a
     * thread's of the operating system, which gives every other its turn, where a virtual thread keeps the core from all.
     */
    public <T> T look(RequestBody body, Supplier<T> looking) {
        return body.bytes().length <= Admission.SMALL_BYTES ? looking.get() : admission.onAThreadOfItsOwn(looking);
    }

    /** Who has room already does not wait for more: all could wait for each other. */
    private void take(long bytes, boolean wait) {
        admission.take(account, bytes, wait && taken.isEmpty());
        taken.addLast(bytes);
    }

    private void giveBack() {
        while (!taken.isEmpty()) {
            admission.giveBack(account, taken.removeFirst());
        }
    }

    @Override
    public void close() {
        giveBack();
        admission.leave(account, scopes);
    }
}
