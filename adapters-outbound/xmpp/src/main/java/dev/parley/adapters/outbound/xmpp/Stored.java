package dev.parley.adapters.outbound.xmpp;

import java.time.Instant;

/**
 * A message stanza in a room's archive.
 *
 * @param id the archive's own id of it
 */
record Stored(String id, Instant stamp, Xml message) {}
