/** Accounts, their members and their API keys, as a service. */
@NullMarked
package com.gogogoapi.account;

import org.jspecify.annotations.NullMarked;
