/** Query parameters of the public routes: what a route does not know it refuses, rather than answer another question. */
@NullMarked
package com.gogogoapi.proxy.parameters;

import org.jspecify.annotations.NullMarked;
