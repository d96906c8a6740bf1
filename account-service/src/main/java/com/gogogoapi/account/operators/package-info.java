/** The operators by name: with which roles, and by which secret they are known. */
@NullMarked
package com.gogogoapi.account.operators;

import org.jspecify.annotations.NullMarked;
