package com.gogogoapi.chassis.tomcat;

import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP as the server speaks it, with a limit to how long a request may take to arrive.
 *
 * <p>Public, with a constructor for nobody: the server makes it by its name.
 */
public final class ReceivingProtocol extends Http11NioProtocol {

    private Duration atMost = Duration.ofSeconds(60);

    void receiveWithin(Duration atMost) {
        this.atMost = atMost;
    }

    @Override
    protected Processor createProcessor() {
        return new ReceivingProcessor(this, getAdapter(), atMost);
    }
}
