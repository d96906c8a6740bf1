/** How fast keys and addresses go: what the ledger decided of their rates, and the rates that this instance has of its own. */
@NullMarked
package com.gogogoapi.proxy.rates;

import org.jspecify.annotations.NullMarked;
