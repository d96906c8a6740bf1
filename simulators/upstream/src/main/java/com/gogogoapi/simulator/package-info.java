/** A stand-in for DeepSeek: real HTTP, real token counts, faults at will. */
@NullMarked
package com.gogogoapi.simulator;

import org.jspecify.annotations.NullMarked;
