/** How people sign in to a browser: links by e-mail, and the sessions that they begin. */
@NullMarked
package com.gogogoapi.account.signin;

import org.jspecify.annotations.NullMarked;
