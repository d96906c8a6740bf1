/** A load whose log is then audited. */
@NullMarked
package com.gogogoapi.benchmark.audit;

import org.jspecify.annotations.NullMarked;
