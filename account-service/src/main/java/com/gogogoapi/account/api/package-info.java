/** What the public door passes on: accounts and keys, for operators and for customers. */
@NullMarked
package com.gogogoapi.account.api;

import org.jspecify.annotations.NullMarked;
