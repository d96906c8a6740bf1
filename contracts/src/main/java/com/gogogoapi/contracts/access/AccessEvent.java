package com.gogogoapi.contracts.access;

import com.gogogoapi.contracts.messaging.Event;

/** What the account-service publishes about who may call. */
public sealed interface AccessEvent extends Event permits ApiKeyPublished {}
