/** The Zulip backend against a double of Zulip. */
@NullMarked
package dev.parley.adapters.outbound.zulip;

import org.jspecify.annotations.NullMarked;
