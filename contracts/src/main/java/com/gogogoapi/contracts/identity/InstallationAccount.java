package com.gogogoapi.contracts.identity;

/**
 * The account under which the installation itself has its story in a shard: which keys are trusted there, from where on the
 * shard's intake is authenticated, which gaps were accepted. Each shard has one, in its own log, so that what one shard says
 * can be checked by itself. It never has credit.
 */
public final class InstallationAccount {

    private static final String PREFIX = "installation_";

    private InstallationAccount() {}

    public static AccountId of(int shard) {
        return new AccountId(PREFIX + shard);
    }

    /** Whether it is some shard's: no customer's account has a name like that. */
    public static boolean is(AccountId account) {
        return account.value().startsWith(PREFIX);
    }
}
