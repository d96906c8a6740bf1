/** Whether deposits were credited as chains have them: each credit has its transfer, and each transfer its credit. */
@NullMarked
package com.gogogoapi.auditor.deposits;

import org.jspecify.annotations.NullMarked;
