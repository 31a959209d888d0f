/** Tests of the Redis backend on real servers. */
@NullMarked
package dev.parley.adapters.outbound.redis;

import org.jspecify.annotations.NullMarked;
