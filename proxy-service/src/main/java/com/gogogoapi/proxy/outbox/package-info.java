/** What is durable of how requests end while Kafka does not have it. */
@NullMarked
package com.gogogoapi.proxy.outbox;

import org.jspecify.annotations.NullMarked;
