package com.gogogoapi.contracts.budget;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.KeyIds;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Whose spending a budget or a rate counts. The ledger knows scopes and need not know what they stand for. */
public record BudgetScope(Kind kind, UUID id) {

    /** From the narrowest to the widest. */
    public enum Kind {
        KEY,
        MEMBER,
        ACCOUNT
    }

    private static final int RECENT = 4_096;

    /** Those of accounts that were asked for last, each at its hash: an id is named by a digest, and every request asks for it. */
    private static final AtomicReferenceArray<@Nullable OfAccount> ACCOUNTS = new AtomicReferenceArray<>(RECENT);

    private record OfAccount(AccountId account, BudgetScope scope) {}

    /** The key of that id. */
    public static BudgetScope ofKey(UUID keyId) {
        return new BudgetScope(Kind.KEY, keyId);
    }

    /** @throws IllegalArgumentException if it is not of the form of {@link KeyIds} */
    public static BudgetScope ofKey(String keyId) {
        return ofKey(KeyIds.uuidOf(keyId));
    }

    public static BudgetScope ofMember(UUID memberId) {
        return new BudgetScope(Kind.MEMBER, memberId);
    }

    public static BudgetScope ofAccount(AccountId account) {
        var place = account.hashCode() & RECENT - 1;
        var known = ACCOUNTS.get(place);
        if (known == null || !known.account().equals(account)) {
            known = new OfAccount(
                    account, new BudgetScope(Kind.ACCOUNT, TimeOrderedIds.named("account", account.value())));
            ACCOUNTS.set(place, known);
        }
        return known.scope();
    }
}
