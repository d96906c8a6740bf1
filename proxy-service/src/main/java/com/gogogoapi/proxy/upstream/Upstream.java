package com.gogogoapi.proxy.upstream;

/** The data plane: one request to the upstream. Small enough to be built on another client once a profile says so. */
public interface Upstream {

    /**
     * Sends a request and waits for the head of its answer.
     *
     * @throws UpstreamFailure if nothing came that can be passed on
     */
    UpstreamAnswer send(UpstreamRequest request) throws UpstreamFailure;
}
