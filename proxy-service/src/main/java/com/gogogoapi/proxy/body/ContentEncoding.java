package com.gogogoapi.proxy.body;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.gogogoapi.chassis.errors.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/** With what a client compressed its body, as {@code Content-Encoding} says. */
enum ContentEncoding {
    GZIP("gzip") {
        @Override
        InputStream decoding(byte[] body) throws IOException {
            return new GZIPInputStream(new ByteArrayInputStream(body), BUFFER_BYTES);
        }
    },
    DEFLATE("deflate") {
        /** By the standard in zlib's wrapping, without which some clients send it. */
        @Override
        InputStream decoding(byte[] body) {
            return new InflaterInputStream(
                    new ByteArrayInputStream(body), new Inflater(!isWrapped(body)), BUFFER_BYTES) {
                @Override
                public void close() throws IOException {
                    // One that it was given it leaves to whoever gave it.
                    inf.end();
                    super.close();
                }
            };
        }
    },
    BR("br") {
        @Override
        InputStream decoding(byte[] body) throws IOException {
            return new BrotliInputStream(new ByteArrayInputStream(body));
        }
    },
    ZSTD("zstd") {
        @Override
        InputStream decoding(byte[] body) throws IOException {
            return new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(body)).setLongMax(ZSTD_WINDOW_LOG);
        }
    };

    private static final int BUFFER_BYTES = 8 * 1024;

    /** What a decoder must be able to keep, by RFC 9659: 8 MiB. */
    private static final int ZSTD_WINDOW_LOG = 23;

    private static final String HEADER = "Content-Encoding";
    private static final String NONE = "identity";

    /** What the one of zlib has in its first byte's lower half: deflate. */
    private static final int ZLIB_METHOD = 8;

    private final String wireName;

    ContentEncoding(String wireName) {
        this.wireName = wireName;
    }

    /** As the header names it. */
    String wireName() {
        return wireName;
    }

    /** The body as it was, piece by piece. @throws IOException if it begins as nothing of this kind */
    abstract InputStream decoding(byte[] body) throws IOException;

    private static boolean isWrapped(byte[] body) {
        return body.length > 1
                && (body[0] & 0x0F) == ZLIB_METHOD
                && (((body[0] & 0xFF) << 8) | (body[1] & 0xFF)) % 31 == 0;
    }

    /**
     * That of a request; empty where its body is as it is.
     *
     * @throws ApiError 415 for one that is not known here, or several
     */
    static Optional<ContentEncoding> of(HttpServletRequest request) {
        var said = said(request);
        if (said.isEmpty()) {
            return Optional.empty();
        }
        if (said.size() > 1) {
            throw refused("Content-Encoding must name one encoding: a body must be compressed once.");
        }
        var name = said.getFirst().equals("x-gzip") ? GZIP.wireName : said.getFirst();
        return Optional.of(Arrays.stream(values())
                .filter(encoding -> encoding.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> refused("Content-Encoding must be "
                        + Arrays.stream(values()).map(ContentEncoding::wireName).collect(Collectors.joining(", "))
                        + " or identity.")));
    }

    /** @throws ApiError 415 for a body that is compressed */
    static void requireNone(HttpServletRequest request) {
        if (!said(request).isEmpty()) {
            throw refused("Content-Encoding must be left out: this route takes bodies as they are.");
        }
    }

    /** Without those that change nothing. */
    private static List<String> said(HttpServletRequest request) {
        var lines = request.getHeaders(HEADER);
        return (lines == null ? List.<String>of() : Collections.list(lines))
                .stream()
                        .flatMap(line -> Arrays.stream(line.split(",")))
                        .map(name -> name.trim().toLowerCase(Locale.ROOT))
                        .filter(name -> !name.isEmpty() && !name.equals(NONE))
                        .toList();
    }

    private static ApiError refused(String message) {
        return ApiError.other(415, "invalid_request_error", "unsupported_content_encoding", message)
                .withHeader("Accept-Encoding", "gzip, deflate, br, zstd");
    }
}
