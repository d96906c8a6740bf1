/** The operators' console: its pages, and browsers that operators are signed in with. */
@NullMarked
package com.gogogoapi.proxy.console;

import org.jspecify.annotations.NullMarked;
