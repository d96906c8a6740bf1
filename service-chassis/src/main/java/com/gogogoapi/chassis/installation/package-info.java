/** What the services of one installation are told alike. */
@NullMarked
package com.gogogoapi.chassis.installation;

import org.jspecify.annotations.NullMarked;
