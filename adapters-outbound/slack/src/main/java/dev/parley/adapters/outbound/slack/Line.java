package dev.parley.adapters.outbound.slack;

import dev.parley.ports.BackendException;

/** What the live connection tells; it may be another instance's on this machine. */
interface Line {

  /** Something happened in a channel at a place, as an event says: the history has it soon. */
  void news(String channel, Ts ts);

  /** The connection is there, perhaps again. */
  void up();

  /** The connection is not there. */
  void down(BackendException why);
}
