/** Routes and versions as operators write them, in JSON or YAML, and their import into the book. */
@NullMarked
package com.gogogoapi.pricing.routefile;

import org.jspecify.annotations.NullMarked;
