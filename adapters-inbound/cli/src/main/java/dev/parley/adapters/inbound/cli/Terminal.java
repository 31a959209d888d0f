package dev.parley.adapters.inbound.cli;

import java.util.regex.Pattern;

/** What may be written to a terminal. */
final class Terminal {

  /** What could steer a terminal: foreign text must not. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}&&[^\\n\\t]]");

  private Terminal() {}

  /** The text, with a mark in the place of every character that could steer a terminal. */
  static String clean(String text) {
    return CONTROL.matcher(text).replaceAll("\uFFFD");
  }
}
