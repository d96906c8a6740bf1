/** Alerts: what an account is told without asking. */
@NullMarked
package com.gogogoapi.usage.alerts;

import org.jspecify.annotations.NullMarked;
