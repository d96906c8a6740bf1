package com.gogogoapi.proxy.keys;

import static com.gogogoapi.contracts.money.Usd.usd;

import com.gogogoapi.contracts.access.ApiKeyPublished;
import com.gogogoapi.contracts.access.KeyPolicy;
import com.gogogoapi.contracts.access.KeyPurpose;
import com.gogogoapi.contracts.access.KeyStatus;
import com.gogogoapi.contracts.budget.Budget;
import com.gogogoapi.contracts.budget.BudgetScope;
import com.gogogoapi.contracts.budget.BudgetWindow;
import com.gogogoapi.contracts.budget.RateLimit;
import com.gogogoapi.contracts.identity.AccountId;
import com.gogogoapi.contracts.identity.TimeOrderedIds;
import com.gogogoapi.contracts.messaging.EventJson;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How much memory a directory of keys takes, and how long it takes to read: each key through the JSON of its event, two keys
 * an account, one in ten with two budgets and a rate of its own. To be run by hand with {@code -XX:+UseCompactObjectHeaders},
 * as all programs run; the argument is how many keys.
 */
final class KeyDirectoryLoad {

    private static final int KEYS_AN_ACCOUNT = 2;
    private static final int ONE_IN = 10;
    private static final int MEBIBYTE = 1 << 20;

    private KeyDirectoryLoad() {}

    public static void main(String[] arguments) {
        var keys = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        var random = RandomGenerator.of("L64X128MixRandom");
        var before = usedBytes();
        var directory = new KeyDirectory();
        var nanos = 0L;
        var accountId = "";
        for (var number = 0; number < keys; number++) {
            if (number % KEYS_AN_ACCOUNT == 0) {
                accountId = "acct_" + TimeOrderedIds.next().toString().replace("-", "");
            }
            var json = EventJson.write(key(number, new AccountId(accountId), random));
            var start = System.nanoTime();
            directory.apply(EventJson.read(json, ApiKeyPublished.class));
            nanos += System.nanoTime() - start;
        }
        var taken = usedBytes() - before;
        System.out.printf(
                "%,d keys: %d MB, %d bytes a key, read in %d ms%n",
                directory.size(), taken / MEBIBYTE, taken / keys, nanos / 1_000_000);
    }

    private static ApiKeyPublished key(int number, AccountId account, RandomGenerator random) {
        var hash = new byte[32];
        random.nextBytes(hash);
        var keyId = "key_" + TimeOrderedIds.next().toString().replace("-", "");
        var scope = BudgetScope.ofKey(keyId);
        var policy = number % ONE_IN == 0
                ? new KeyPolicy(
                        List.of(),
                        List.of(),
                        List.of(
                                new Budget(scope, BudgetWindow.DAY, usd("5.00"), false),
                                new Budget(scope, BudgetWindow.MONTH, usd("100.00"), true)),
                        List.of(new RateLimit(scope, 60L, 100_000L)),
                        List.of(),
                        List.of())
                : KeyPolicy.NONE;
        return new ApiKeyPublished(
                HexFormat.of().formatHex(hash),
                number + 1,
                keyId,
                keyId,
                account,
                "a label as people write them",
                KeyPurpose.INFERENCE,
                KeyStatus.ACTIVE,
                policy,
                Instant.now(),
                TimeOrderedIds.next(),
                null);
    }

    private static long usedBytes() {
        for (var i = 0; i < 5; i++) {
            System.gc();
        }
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
