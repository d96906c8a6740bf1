/** Ed25519 signatures over exact texts. */
@NullMarked
package com.gogogoapi.evidence.signing;

import org.jspecify.annotations.NullMarked;
