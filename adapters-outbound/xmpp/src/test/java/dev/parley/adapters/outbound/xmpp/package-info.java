/** The XMPP backend against real servers. */
@NullMarked
package dev.parley.adapters.outbound.xmpp;

import org.jspecify.annotations.NullMarked;
