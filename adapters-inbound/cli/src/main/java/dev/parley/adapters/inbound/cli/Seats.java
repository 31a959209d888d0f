package dev.parley.adapters.inbound.cli;

import dev.parley.domain.participant.Handle;
import org.jspecify.annotations.Nullable;

/** Where a person at the terminal gets a seat: the use cases, wired to the configured backend. */
@FunctionalInterface
public interface Seats {

  /**
   * Takes a seat.
   *
   * @param config the configuration file as the user named it, or null for the usual one
   * @param handle under which name the person posts
   * @throws SeatRefused when the configuration cannot be used
   */
  Seat take(@Nullable String config, Handle handle) throws SeatRefused;
}
