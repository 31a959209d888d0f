package dev.parley.adapters.outbound.matrix;

import dev.parley.adapters.outbound.support.JsonAnswer;

/** The homeserver's refusal of a request, with the code that the specification gives it. */
final class Refused extends Exception {

  private static final long serialVersionUID = 1L;

  static final String FORBIDDEN = "M_FORBIDDEN";
  static final String UNKNOWN_TOKEN = "M_UNKNOWN_TOKEN";
  static final String MISSING_TOKEN = "M_MISSING_TOKEN";
  static final String NOT_FOUND = "M_NOT_FOUND";
  static final String ROOM_IN_USE = "M_ROOM_IN_USE";
  static final String TOO_LARGE = "M_TOO_LARGE";
  static final String USER_DEACTIVATED = "M_USER_DEACTIVATED";
  static final String UNRECOGNIZED = "M_UNRECOGNIZED";

  private static final int LONGEST_SAID = 200;

  private final int status;
  private final String code;
  private final String said;

  Refused(JsonAnswer answer) {
    super(answer.status() + " " + answer.body().path("errcode").asText(), null, false, false);
    this.status = answer.status();
    this.code = answer.body().path("errcode").asText("");
    this.said = firstLine(answer.body().path("error").asText(""));
  }

  private static String firstLine(String text) {
    var line = text.lines().findFirst().orElse("");
    return line.length() > LONGEST_SAID ? line.substring(0, LONGEST_SAID) + "..." : line;
  }

  int status() {
    return status;
  }

  boolean is(String errorCode) {
    return code.equals(errorCode);
  }

  /** Whether the answer came from a Matrix homeserver at all. */
  boolean isOfMatrix() {
    return !code.isEmpty();
  }

  /** Whether the homeserver, or a proxy before it, could not do what it was asked for. */
  boolean isServerFault() {
    return status >= 500;
  }

  /** The code and the server's own words. */
  String words() {
    if (!isOfMatrix()) {
      return "status %d".formatted(status);
    }
    return said.isEmpty() ? code : "%s: %s".formatted(code, said);
  }
}
