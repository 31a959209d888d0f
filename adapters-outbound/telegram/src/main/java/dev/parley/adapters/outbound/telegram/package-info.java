/** Shared topics in Telegram groups, by one bot and a store of what it has observed. */
@NullMarked
package dev.parley.adapters.outbound.telegram;

import org.jspecify.annotations.NullMarked;
