package com.gogogoapi.account.keys;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which of an account's keys are asked for; what is null is not asked.
 *
 * @param text what the label contains or a tag is
 * @param onlyMember whose they are
 * @param isRevoked whether they are revoked
 */
public record KeyFilter(
        @Nullable String text,
        @Nullable UUID onlyMember,
        @Nullable Boolean isRevoked) {}
