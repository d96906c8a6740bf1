/** How fast deposits are credited, and how far a watcher is behind its chain. */
@NullMarked
package com.gogogoapi.benchmark.deposits;

import org.jspecify.annotations.NullMarked;
