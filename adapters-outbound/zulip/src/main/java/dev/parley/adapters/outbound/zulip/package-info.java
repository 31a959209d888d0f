/** The Zulip backend: one channel, and in it one Zulip topic per topic. */
@NullMarked
package dev.parley.adapters.outbound.zulip;

import org.jspecify.annotations.NullMarked;
