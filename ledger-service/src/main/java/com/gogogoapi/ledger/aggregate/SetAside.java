package com.gogogoapi.ledger.aggregate;

import com.gogogoapi.ledger.log.IntakeRecord;
import com.gogogoapi.ledger.trust.Admission.Refusal;

/** Is told of every record that is not admitted; of one that has to be decided again also more than once. */
@FunctionalInterface
public interface SetAside {

    void setAside(IntakeRecord record, Refusal refusal);
}
