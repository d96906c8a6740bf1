/** The accounts, which are the account-service's: asked for, passed on, and what was kept here until 0.4 handed over. */
@NullMarked
package com.gogogoapi.proxy.accounts;

import org.jspecify.annotations.NullMarked;
