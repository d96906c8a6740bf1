/** The web front end as the build has made it, which the proxy serves to browsers. */
@NullMarked
package com.gogogoapi.account.site;

import org.jspecify.annotations.NullMarked;
