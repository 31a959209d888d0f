package dev.parley.conformance;

import java.time.Duration;

/** One outage of a server; it happens once. */
public interface Outage {

  /** Begins it; returns when it is in force. */
  void strike();

  /** How long it is to last: the full time of the law, or a shortened one for every run. */
  Duration length();

  /** Ends it; returns when the server could be reached again by a new client. */
  void heal();

  /** What happens to the server. */
  enum Kind {
    /** Stopped in good order, started again; 10 s in full. */
    RESTARTED,
    /** Killed without warning, started again. */
    KILLED,
    /** Every connection reset, new ones refused for a while. */
    CUT,
    /** Silent: connections stay open and nothing moves; 20 s in full. */
    FROZEN,
    /** Reached by a link on which everything is late. */
    DELAYED,
    /** Reached by a link of little bandwidth, or asks clients to slow down. */
    THROTTLED
  }
}
