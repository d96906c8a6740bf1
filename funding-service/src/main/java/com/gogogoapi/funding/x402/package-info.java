/** Payments that clients sign and we have settled (x402): once arrived, each is a deposit like any other. */
@NullMarked
package com.gogogoapi.funding.x402;

import org.jspecify.annotations.NullMarked;
