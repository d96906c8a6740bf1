/** How the services know each other: only another service of this installation can call what is internal. */
@NullMarked
package com.gogogoapi.chassis.authentication;

import org.jspecify.annotations.NullMarked;
