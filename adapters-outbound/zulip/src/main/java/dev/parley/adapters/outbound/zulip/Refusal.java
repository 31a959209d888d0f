package dev.parley.adapters.outbound.zulip;

/** An answer of the server that is not what was asked for. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  static final String QUEUE_IS_GONE = "BAD_EVENT_QUEUE_ID";
  static final String NO_SUCH_CHANNEL = "STREAM_DOES_NOT_EXIST";
  static final String BAD_NARROW = "BAD_NARROW";

  private final int status;
  private final String code;
  private final String said;

  /**
   * A refusal.
   *
   * @param code Zulip's name for what is wrong; empty when something else than Zulip answered
   * @param said Zulip's own sentence, or where a redirect leads
   */
  Refusal(int status, String code, String said) {
    super("%d %s %s".formatted(status, code, said), null, false, false);
    this.status = status;
    this.code = code;
    this.said = said;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String said() {
    return said;
  }

  boolean is(String expected) {
    return code.equals(expected);
  }

  /** Whether the server failed, and may have done what it was asked for. */
  boolean isFailure() {
    return status >= 500;
  }
}
