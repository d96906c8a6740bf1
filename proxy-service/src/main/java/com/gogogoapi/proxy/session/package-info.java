/** Browsers that people are signed in with: their cookie, and what a page of ours may do with it. */
@NullMarked
package com.gogogoapi.proxy.session;

import org.jspecify.annotations.NullMarked;
