/** What people's browsers are shown at the one public origin: the account-service's pages, and signing in. */
@NullMarked
package com.gogogoapi.proxy.site;

import org.jspecify.annotations.NullMarked;
