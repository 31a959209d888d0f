/** The Slack backend against a double of Slack, and against an emulator of its Web API. */
@NullMarked
package dev.parley.adapters.outbound.slack;

import org.jspecify.annotations.NullMarked;
