package com.gogogoapi.proxy.execution;

import com.gogogoapi.contracts.money.Usd;
import com.gogogoapi.proxy.body.InsertedFields;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a usage cost, where clients of other gateways look for it: beside the counts, as a number and as exact text. */
public final class UsageCost {

    private UsageCost() {}

    /** Puts it into a usage. */
    public static void putInto(ObjectNode usage, Usd cost) {
        usage.put("cost", cost.amount());
        usage.put("cost_usd", cost.toString());
    }

    /** A whole answer with it in its usage; all of them have that at their top. */
    static byte[] beside(byte[] answer, Usd cost) {
        var added = JsonMapper.shared().createObjectNode();
        putInto(added, cost);
        return InsertedFields.into(answer, "usage", added);
    }
}
