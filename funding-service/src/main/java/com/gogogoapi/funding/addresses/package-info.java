/** Where an account is paid: one address for ever, derived of a key that can spend nothing. */
@NullMarked
package com.gogogoapi.funding.addresses;

import org.jspecify.annotations.NullMarked;
