package dev.parley.bootstrap.meeting;

/** Something that a meeting needs did not happen; the message is the sentence to show. */
public final class MeetingFailed extends Exception {

  private static final long serialVersionUID = 1L;

  /** With the sentence. */
  public MeetingFailed(String message) {
    super(message);
  }
}
