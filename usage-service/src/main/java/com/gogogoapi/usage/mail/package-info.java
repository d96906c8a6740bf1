/** Alerts as e-mail. */
@NullMarked
package com.gogogoapi.usage.mail;

import org.jspecify.annotations.NullMarked;
