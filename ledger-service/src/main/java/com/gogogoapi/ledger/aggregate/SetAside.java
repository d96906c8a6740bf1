package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.ledger.log.IntakeRecord;
import com.gogogoapi.ledger.trust.IntakeGuard.Refusal;

/** Is told of every record that is not believed; of one that has to be decided again also more than once. */
@FunctionalInterface
public interface SetAside {

    void setAside(IntakeRecord record, Refusal refusal);
}
