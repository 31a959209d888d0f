/** Shared topics on Redis. */
@NullMarked
package dev.parley.adapters.outbound.redis;

import org.jspecify.annotations.NullMarked;
