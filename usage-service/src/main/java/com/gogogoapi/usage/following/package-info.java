/** Reading the ledger's events: each once, in order, with the place of it kept beside what is made of them. */
@NullMarked
package com.gogogoapi.usage.following;

import org.jspecify.annotations.NullMarked;
