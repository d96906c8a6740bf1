/** What is checked of a log, event by event. */
@NullMarked
package com.gogogoapi.auditor.verify;

import org.jspecify.annotations.NullMarked;
