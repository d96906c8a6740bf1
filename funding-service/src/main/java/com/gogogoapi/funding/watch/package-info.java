/** One watcher a chain: reads what reached our addresses, at its own pace and on its own account. */
@NullMarked
package com.gogogoapi.funding.watch;

import org.jspecify.annotations.NullMarked;
