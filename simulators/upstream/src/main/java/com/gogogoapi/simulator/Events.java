package com.gogogoapi.simulator;

import java.util.ArrayList;
import java.util.List;

/**
 * A stream as it is sent, each entry as one write.
 *
 * @param pieces what is generated, with whatever begins and ends around it
 */
record Events(List<String> beginning, List<String> pieces, List<String> ending) {

    Events() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
}
