package dev.parley.bootstrap.logging;

import org.slf4j.LoggerFactory;

/**
 * What a process tells whoever started it: sentences on standard error, or events of the log where
 * programs read that.
 */
public final class Notices {

  private static final String LOGGER = "dev.parley.notices";

  private Notices() {}

  /** Says how things are. */
  public static void say(String sentence) {
    if (LogFormat.inUse() == LogFormat.JSON) {
      LoggerFactory.getLogger(LOGGER).info(sentence);
    } else {
      print(sentence);
    }
  }

  /** Says why the process ends. */
  public static void fail(String sentence) {
    if (LogFormat.inUse() == LogFormat.JSON) {
      LoggerFactory.getLogger(LOGGER).error(sentence);
    } else {
      print(sentence);
    }
  }

  private static void print(String sentence) {
    System.err.println("parley: " + sentence);
  }
}
