/** Requests' bodies: admitted before they are read, looked through instead of parsed, and let go once they are sent. */
@NullMarked
package com.gogogoapi.proxy.body;

import org.jspecify.annotations.NullMarked;
