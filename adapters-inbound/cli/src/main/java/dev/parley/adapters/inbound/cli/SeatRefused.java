package dev.parley.adapters.inbound.cli;

/** There is no seat, because of the configuration; the message is what the person reads. */
public final class SeatRefused extends Exception {

  private static final long serialVersionUID = 1L;

  public SeatRefused(String message) {
    super(message);
  }
}
