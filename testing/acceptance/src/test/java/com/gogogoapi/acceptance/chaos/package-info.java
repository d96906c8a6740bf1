/**
 * What the ledger promises while its processes and its database are killed, stopped and moved: real processes, real
 * faults, and books that are read afterwards from PostgreSQL and Kafka by code that shares nothing with the ledger's own
 * decisions.
 */
@NullMarked
package com.gogogoapi.acceptance.chaos;

import org.jspecify.annotations.NullMarked;
