/** The accounts. */
@NullMarked
package com.gogogoapi.account.directory;

import org.jspecify.annotations.NullMarked;
