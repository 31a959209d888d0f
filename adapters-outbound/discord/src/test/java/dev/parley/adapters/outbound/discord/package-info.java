/** The Discord backend against the laws, on a double of Discord. */
@NullMarked
package dev.parley.adapters.outbound.discord;

import org.jspecify.annotations.NullMarked;
