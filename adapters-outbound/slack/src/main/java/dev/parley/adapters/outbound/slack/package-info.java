/** Shared topics in channels of a Slack workspace. */
@NullMarked
package dev.parley.adapters.outbound.slack;

import org.jspecify.annotations.NullMarked;
