/** Who did what, and from where. */
@NullMarked
package com.gogogoapi.account.audit;

import org.jspecify.annotations.NullMarked;
