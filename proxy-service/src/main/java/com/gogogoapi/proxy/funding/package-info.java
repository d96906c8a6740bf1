/** Credit that is bought: where an account is paid, and what became of each payment. */
@NullMarked
package com.gogogoapi.proxy.funding;

import org.jspecify.annotations.NullMarked;
