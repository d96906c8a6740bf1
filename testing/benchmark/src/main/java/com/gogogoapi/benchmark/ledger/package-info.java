/** The ledger against what PostgreSQL and Kafka could do at best, and against plain SQL. */
@NullMarked
package com.gogogoapi.benchmark.ledger;

import org.jspecify.annotations.NullMarked;
