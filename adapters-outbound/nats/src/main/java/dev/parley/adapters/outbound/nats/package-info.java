/** Shared topics on NATS JetStream. */
@NullMarked
package dev.parley.adapters.outbound.nats;

import org.jspecify.annotations.NullMarked;
