/** Bodies of requests to our own routes. */
@NullMarked
package com.gogogoapi.chassis.bodies;

import org.jspecify.annotations.NullMarked;
