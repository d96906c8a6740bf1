/** What was used: the usage-service's answers, for whoever calls with a key. */
@NullMarked
package com.gogogoapi.proxy.usage;

import org.jspecify.annotations.NullMarked;
