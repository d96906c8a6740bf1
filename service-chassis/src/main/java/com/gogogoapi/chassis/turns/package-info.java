/** What a service does again and again beside its requests. */
@NullMarked
package com.gogogoapi.chassis.turns;

import org.jspecify.annotations.NullMarked;
