/** From the database to the compacted topic api-keys: at least once, whatever dies in between. */
@NullMarked
package com.gogogoapi.account.publication;

import org.jspecify.annotations.NullMarked;
