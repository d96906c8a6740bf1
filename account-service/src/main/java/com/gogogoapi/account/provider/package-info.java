/** Signing in with the organisation's own sign-in service (OpenID Connect), where the operator configures one. */
@NullMarked
package com.gogogoapi.account.provider;

import org.jspecify.annotations.NullMarked;
