/** What a customer gets in hand for one request: signed, and provable against a checkpoint without us. */
@NullMarked
package com.gogogoapi.evidence.receipt;

import org.jspecify.annotations.NullMarked;
