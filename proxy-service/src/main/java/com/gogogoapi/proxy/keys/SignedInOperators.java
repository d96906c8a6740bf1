package com.gogogoapi.proxy.keys;

import com.gogogoapi.chassis.errors.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Which operator is signed in with a browser. */
public interface SignedInOperators {

    /**
     * As whom a page of the console calls.
     *
     * @return empty for a request that is none of such a page
     * @throws ApiError 401 for a session that is over, 403 for a request that no page of ours made
     */
    Optional<Operator> operator(HttpServletRequest request);
}
