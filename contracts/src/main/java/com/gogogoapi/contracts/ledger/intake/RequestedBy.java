package com.gogogoapi.contracts.ledger.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.gogogoapi.contracts.budget.BudgetScope;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for a request, and under which headings it is to be shown. The ledger
 * counts what the key and the member spend, and shows the rest.
 *
 * @param keyId the API key
 * @param memberId whose key it is; null where it is the account's
 * @param tags the customer's own words, each once
 */
public record RequestedBy(
        UUID keyId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID memberId,
        List<String> tags) {

    public static final int MAX_TAGS = 8;
    public static final int MAX_TAG_CHARS = 64;

    /** @throws IllegalArgumentException if there are too many tags, one twice, or one that is blank, too long or not one line */
    public RequestedBy {
        tags = List.copyOf(tags);
        require(
                tags.size() <= MAX_TAGS && new HashSet<>(tags).size() == tags.size(),
                "tags must be at most " + MAX_TAGS + ", each once.");
        for (var tag : tags) {
            require(
                    !tag.isBlank()
                            && tag.length() <= MAX_TAG_CHARS
                            && tag.chars().noneMatch(Character::isISOControl),
                    "A tag must be one line of 1 to " + MAX_TAG_CHARS + " characters.");
        }
    }

    /** A key without a member, and no tags. */
    public static RequestedBy key(UUID keyId) {
        return new RequestedBy(keyId, null, List.of());
    }

    /** The key, and its member where there is one, as those whose spending is counted. */
    public List<BudgetScope> scopes() {
        var key = BudgetScope.ofKey(keyId);
        return memberId == null ? List.of(key) : List.of(key, BudgetScope.ofMember(memberId));
    }

    private static void require(boolean met, String must) {
        if (!met) {
            throw new IllegalArgumentException(must);
        }
    }
}
