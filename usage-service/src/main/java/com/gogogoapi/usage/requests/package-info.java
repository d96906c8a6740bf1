/** The history of requests. */
@NullMarked
package com.gogogoapi.usage.requests;

import org.jspecify.annotations.NullMarked;
