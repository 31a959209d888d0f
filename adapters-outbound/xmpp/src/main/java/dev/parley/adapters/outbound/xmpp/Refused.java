package dev.parley.adapters.outbound.xmpp;

import static dev.parley.adapters.outbound.xmpp.Namespaces.CLIENT;
import static dev.parley.adapters.outbound.xmpp.Namespaces.STANZA_ERRORS;

/** The error that a stanza was answered with (RFC 6120, 8.3). */
final class Refused extends Exception {

  private static final long serialVersionUID = 1L;

  private final String condition;
  private final String text;

  private Refused(String condition, String text) {
    super(condition, null, false, false);
    this.condition = condition;
    this.text = text;
  }

  /** Reads a stanza of type {@code error}. */
  static Refused by(Xml stanza) {
    var error = stanza.child("error", CLIENT);
    return new Refused(
        error.stream()
            .flatMap(e -> e.children().stream())
            .filter(e -> e.namespace().equals(STANZA_ERRORS) && !e.name().equals("text"))
            .map(Xml::name)
            .findFirst()
            .orElse("undefined-condition"),
        error.flatMap(e -> e.child("text", STANZA_ERRORS)).map(Xml::text).orElse(""));
  }

  /** The defined condition, such as {@code item-not-found}. */
  String condition() {
    return condition;
  }

  boolean is(String... conditions) {
    for (var each : conditions) {
      if (condition.equals(each)) {
        return true;
      }
    }
    return false;
  }

  /** The condition, and the server's words if there are any, on one line. */
  String inWords() {
    var words = text.strip().replaceAll("\\s+", " ");
    return words.isEmpty() ? condition : condition + ": " + words;
  }
}
