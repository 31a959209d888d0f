/** Shared topics in the text channels of Discord servers, by one bot. */
@NullMarked
package dev.parley.adapters.outbound.discord;

import org.jspecify.annotations.NullMarked;
