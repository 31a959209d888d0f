package dev.parley.ports.inbound;

import org.jmolecules.architecture.hexagonal.PrimaryPort;

/** Telling others that this instance is there. */
@PrimaryPort
public interface AnnouncePresence {

  /**
   * Says hello as soon as the backend answers, and then says from time to time that this instance
   * is still there. Returns at once; does nothing where presence is off.
   */
  Announced announce();

  /** Being there, until closed; closing twice is fine. */
  interface Announced extends AutoCloseable {

    /** Says goodbye, and waits for it to be stored, half a second at most. */
    @Override
    void close();
  }
}
