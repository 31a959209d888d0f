/**
 * The Telegram backend against a double of the Bot API, which is checked against its description.
 */
@NullMarked
package dev.parley.adapters.outbound.telegram;

import org.jspecify.annotations.NullMarked;
