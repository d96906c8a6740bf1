/** What the web server does before and beside a service's own code: how long it waits for a request, and how it refuses one. */
@NullMarked
package com.gogogoapi.chassis.tomcat;

import org.jspecify.annotations.NullMarked;
