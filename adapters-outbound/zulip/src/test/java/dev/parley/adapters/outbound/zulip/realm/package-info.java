/** A double of a Zulip server: one organization, in memory, behind the calls that Parley makes. */
@NullMarked
package dev.parley.adapters.outbound.zulip.realm;

import org.jspecify.annotations.NullMarked;
