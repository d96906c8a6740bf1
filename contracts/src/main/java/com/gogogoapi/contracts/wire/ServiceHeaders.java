package com.gogogoapi.contracts.wire;

/** The HTTP headers that the services of one installation set for each other, beside those of a quote's execution. */
public final class ServiceHeaders {

    /** The account for which another service is called. */
    public static final String ACCOUNT = "gogogoapi-account";

    /** What that account is called, percent-encoded. */
    public static final String ACCOUNT_NAME = "gogogoapi-account-name";

    /** The key with which the account is asked for. */
    public static final String KEY = "gogogoapi-key";

    /** What the caller is in the account: {@code owner}, {@code admin}, {@code billing}, {@code developer}, {@code viewer}. */
    public static final String ROLE = "gogogoapi-role";

    /** The member who calls; absent where it is the account itself. */
    public static final String MEMBER = "gogogoapi-member";

    /** The operator for whom another service is called. */
    public static final String OPERATOR = "gogogoapi-operator";

    /** Why he does it, percent-encoded; absent where he did not say. */
    public static final String REASON = "gogogoapi-reason";

    /** The address from which the public door was called. */
    public static final String CLIENT_ADDRESS = "gogogoapi-client-address";

    /** The id of that call. */
    public static final String REQUEST = "gogogoapi-request";

    /** On an answer: where the next page begins; absent on the last page. */
    public static final String NEXT_CURSOR = "gogogoapi-next-cursor";

    /** On an answer that is no JSON: as of which event it is true, {@code SHARD/SEQUENCE}. */
    public static final String AS_OF = "gogogoapi-as-of";

    private ServiceHeaders() {}
}
