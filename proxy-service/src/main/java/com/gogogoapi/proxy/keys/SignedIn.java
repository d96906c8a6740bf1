package com.gogogoapi.proxy.keys;

import com.gogogoapi.chassis.errors.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Who is signed in with a browser. */
public interface SignedIn {

    /**
     * As whom a browser's page calls.
     *
     * @return empty for a request that is none of such a page
     * @throws ApiError 401 for a session that is over, 403 for a request that no page of ours made, 404 for an account that its
     *     person is no member of
     */
    Optional<Caller> caller(HttpServletRequest request);

    /**
     * Before what a browser's session does for its person himself, whichever account he speaks for.
     *
     * @throws ApiError 403 step_up_required for a session whose person has not shown lately who he is
     */
    void requireRecent(HttpServletRequest request);
}
