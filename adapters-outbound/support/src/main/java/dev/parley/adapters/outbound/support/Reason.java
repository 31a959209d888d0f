package dev.parley.adapters.outbound.support;

/** What a library says of a failure, for a person: one line, without names of exceptions. */
public final class Reason {

  private static final String NONE = "no reason given";
  private static final String NAMES_OF_EXCEPTIONS = "[\\w.]*Exception:? ?";

  private Reason() {}

  /** The reason of a failure. */
  public static String of(Throwable failure) {
    var message = failure.getMessage();
    return message == null
        ? NONE
        : message.lines().findFirst().orElse(NONE).replaceAll(NAMES_OF_EXCEPTIONS, "");
  }
}
