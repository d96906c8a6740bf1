package com.gogogoapi.account.signin;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What else a person is told of himself beside his accounts and sessions. */
public interface OfPerson {

    /** Under which the answer has it. */
    String name();

    List<Map<String, Object>> of(UUID person);
}
