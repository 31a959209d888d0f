package dev.parley.ports.inbound;

import dev.parley.domain.topic.AllowedTopics;
import dev.parley.ports.About;
import org.jmolecules.architecture.hexagonal.PrimaryPort;

/** What this instance may use, and on which backend. */
@PrimaryPort
public interface ShowTopics {

  /** The topics this instance may use. */
  AllowedTopics topics();

  /** The backend and how it fares; no I/O. */
  About backend();
}
