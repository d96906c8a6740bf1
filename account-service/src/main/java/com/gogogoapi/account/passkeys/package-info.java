/** Passkeys (WebAuthn): keys of a person's devices by which he signs in, without anything that could be told to somebody else. */
@NullMarked
package com.gogogoapi.account.passkeys;

import org.jspecify.annotations.NullMarked;
