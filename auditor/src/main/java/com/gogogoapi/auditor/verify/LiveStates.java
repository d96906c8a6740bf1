package com.gogogoapi.auditor.verify;

import java.util.Optional;

/** What a running ledger says its accounts' states are. */
public interface LiveStates {

    /** Nobody is asked. */
    LiveStates NONE = (account, rebuilt) -> Optional.empty();

    /** What is wrong, if the ledger's state is not the rebuilt one. */
    Optional<String> differing(String account, AuditedAccount rebuilt);
}
