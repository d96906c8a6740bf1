package com.gogogoapi.quote.request;

import java.util.Map;

/** What is priced of something: its fields by name, with what is priced of each. */
record PricedFields(Map<String, PricedFields> fields) {

    /** All of it. */
    static final PricedFields WHOLE = new PricedFields(Map.of());

    boolean isWhole() {
        return fields.isEmpty();
    }
}
