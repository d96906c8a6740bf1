package com.gogogoapi.proxy.upstream;

import java.util.List;
import java.util.Locale;

/** How the upstream does, as this instance has met it since it started. */
public interface UpstreamHealth {

    /** Whether requests of a model are let through to the upstream. */
    enum Circuit {
        /** They are. */
        CLOSED,
        /** They are refused for some seconds, since too many of the last ones failed. */
        OPEN,
        /** A few are, to see whether it works again. */
        HALF_OPEN;

        public String written() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Of one model.
     *
     * @param recent how many of the last requests are looked at, at most 50
     * @param failed how many of those failed by the upstream's fault
     * @param heldOff how many were refused by the circuit while it was open
     * @param inFlight how many are at the upstream now
     * @param places how many there can be at once
     */
    record OfModel(String model, Circuit circuit, int recent, int failed, long heldOff, int inFlight, int places) {}

    /** Of every model that was asked for since this instance started, by its name. */
    List<OfModel> models();
}
