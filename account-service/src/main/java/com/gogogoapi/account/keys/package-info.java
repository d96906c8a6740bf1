/** The API keys: made, limited, rotated, disabled and revoked. Every change is one that the proxies have yet to be told. */
@NullMarked
package com.gogogoapi.account.keys;

import org.jspecify.annotations.NullMarked;
