/** What travels on which topic: the topics, the event types' names, and events as Kafka records. */
@NullMarked
package com.gogogoapi.contracts.wire;

import org.jspecify.annotations.NullMarked;
