/** The one table that says by which outcome a request ends and what is charged then. Pure. */
@NullMarked
package com.gogogoapi.proxy.outcome;

import org.jspecify.annotations.NullMarked;
