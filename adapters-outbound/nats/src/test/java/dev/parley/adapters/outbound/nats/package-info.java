/** The NATS backend against real servers. */
@NullMarked
package dev.parley.adapters.outbound.nats;

import org.jspecify.annotations.NullMarked;
