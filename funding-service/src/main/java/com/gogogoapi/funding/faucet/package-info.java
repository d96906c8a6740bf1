/** Tokens for the asking, where they are worth nothing. */
@NullMarked
package com.gogogoapi.funding.faucet;

import org.jspecify.annotations.NullMarked;
