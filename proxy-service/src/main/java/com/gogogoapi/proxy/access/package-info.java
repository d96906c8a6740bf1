/** Who may call what: one table of routes and roles, and the one place where it is asked. */
@NullMarked
package com.gogogoapi.proxy.access;

import org.jspecify.annotations.NullMarked;
