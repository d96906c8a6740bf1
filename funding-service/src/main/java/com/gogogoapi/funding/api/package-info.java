/** What other services ask. */
@NullMarked
package com.gogogoapi.funding.api;

import org.jspecify.annotations.NullMarked;
