/** Who may call and what for: API keys, as the account-service publishes them and every proxy holds them. */
@NullMarked
package com.gogogoapi.contracts.access;

import org.jspecify.annotations.NullMarked;
