package com.gogogoapi.proxy.execution;

import com.gogogoapi.proxy.upstream.Upstream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.stereotype.Component;

/**
 * The end of this service, on SIGTERM: the web server takes nothing new and waits for what runs; what runs too long is cut
 * off here, and settled by its rule while the web server still waits. Then notes, outbox and inbox stop, and the producers
 * last.
 */
@Component
@EnableConfigurationProperties(ShutdownProperties.class)
class Shutdown implements SmartLifecycle, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

    /** Settling, and telling clients of which some read no more. */
    private static final Duration AFTER_THE_CUT = Duration.ofSeconds(40);

    private final Upstream upstream;
    private final Duration finishWithin;
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("shutdown").daemon().factory());
    private volatile boolean running;

    Shutdown(Upstream upstream, ShutdownProperties properties, DefaultLifecycleProcessor lifecycle) {
        this.upstream = upstream;
        this.finishWithin = properties.finishWithin();
        lifecycle.setTimeoutForShutdownPhase(
                getPhase(), finishWithin.plus(AFTER_THE_CUT).toMillis());
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        clockwork.schedule(this::cutOff, finishWithin.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void cutOff() {
        log.info("what runs {} after the beginning of the end is cut off", finishWithin);
        upstream.cutOff();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Beside the web server's waiting, which this bounds. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    }

    @Override
    public void destroy() {
        clockwork.shutdownNow();
    }
}
