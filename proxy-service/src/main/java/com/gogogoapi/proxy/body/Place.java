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
     * Reads the body: room for it is taken first, or piece by piece where its size is not said.
     *
     * @throws ApiError 413 for a larger one than is accepted; 429 or 503 where there is no room
     */
    public RequestBody receive(HttpServletRequest request) throws IOException {
        var said = request.getContentLengthLong();
        if (said > maxBytes) {
            throw ApiError.bodyTooLarge(maxBytes);
        }
        var input = request.getInputStream();
        return new RequestBody(said >= 0 ? readSaid(input, (int) said) : readUnsaid(input), this::giveBack);
    }

    private byte[] readSaid(InputStream input, int size) throws IOException {
        take(size);
        var bytes = new byte[size];
        var read = input.readNBytes(bytes, 0, size);
        if (read < size) {
            throw ApiError.invalidRequest(null, "The body must have as many bytes as its head says.");
        }
        return bytes;
    }

    private byte[] readUnsaid(InputStream input) throws IOException {
        var bytes = new byte[0];
        var size = 0;
        while (true) {
            if (size == bytes.length) {
                bytes = larger(bytes);
            }
            var read = input.readNBytes(bytes, size, bytes.length - size);
            size += read;
            if (size > maxBytes) {
                throw ApiError.bodyTooLarge(maxBytes);
            }
            if (read == 0) {
                return Arrays.copyOf(bytes, size);
            }
        }
    }

    /** Twice as large, with room for both while one is copied to the other. */
    private byte[] larger(byte[] bytes) {
        var twice = Math.max(2L * bytes.length, Admission.SMALL_BYTES);
        // One byte more than is accepted tells a body that is too large from one that is not.
        var size = twice < maxBytes ? (int) twice : maxBytes + 1;
        take(size);
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
    private void take(long bytes) {
        admission.take(account, bytes, taken.isEmpty());
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
