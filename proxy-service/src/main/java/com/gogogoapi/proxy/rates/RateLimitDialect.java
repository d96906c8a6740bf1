package com.gogogoapi.proxy.rates;

import com.gogogoapi.proxy.rates.RateLeft.Left;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How the clients of a protocol read rates. Each shows one rate of requests and one of tokens: those of which least is left. */
public enum RateLimitDialect {

    /** {@code x-ratelimit-limit-requests}, with the time until all of it is left as {@code 59s} or {@code 1m0s}. */
    OPENAI {
        @Override
        void write(HttpServletResponse response, String units, long limit, @Nullable Left left, Instant now) {
            response.setHeader("x-ratelimit-limit-" + units, Long.toString(limit));
            if (left != null) {
                response.setHeader("x-ratelimit-remaining-" + units, Long.toString(left.units()));
                response.setHeader("x-ratelimit-reset-" + units, text(seconds(left.all())));
            }
        }

        private static String text(long seconds) {
            return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
        }
    },

    /** {@code anthropic-ratelimit-requests-limit}, with the instant from which on all of it is left. */
    ANTHROPIC {
        @Override
        void write(HttpServletResponse response, String units, long limit, @Nullable Left left, Instant now) {
            var name = "anthropic-ratelimit-" + units;
            response.setHeader(name + "-limit", Long.toString(limit));
            if (left != null) {
                response.setHeader(name + "-remaining", Long.toString(left.units()));
                var reset = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(seconds(left.all()));
                response.setHeader(name + "-reset", reset.toString());
            }
        }
    };

    abstract void write(HttpServletResponse response, String units, long limit, @Nullable Left left, Instant now);

    /** Whole seconds, rather too many than too few. */
    static long seconds(Duration wait) {
        return wait.plusMillis(999).toSeconds();
    }
}
