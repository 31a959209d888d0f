/** Shared topics in the rooms of an XMPP server. */
@NullMarked
package dev.parley.adapters.outbound.xmpp;

import org.jspecify.annotations.NullMarked;
