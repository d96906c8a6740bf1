package com.gogogoapi.contracts.budget;

import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.KeyIds;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import java.util.UUID;

/** Whose spending a budget or a rate counts. The ledger knows scopes and need not know what they stand for. */
public record BudgetScope(Kind kind, UUID id) {

    /** From the narrowest to the widest. */
    public enum Kind {
        KEY,
        MEMBER,
        ACCOUNT
    }

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
        return new BudgetScope(Kind.ACCOUNT, TimeOrderedIds.named("account", account.value()));
    }
}
