package dev.parley.bootstrap.logging;

import java.util.Locale;

/** How a process logs to standard error. */
public enum LogFormat {
  TEXT,
  JSON;

  private static final String PROPERTY = "parley.log.format";

  /** Logs this way from now on; to be called before anything is logged. */
  public void use() {
    System.setProperty(PROPERTY, toString());
  }

  static LogFormat inUse() {
    return JSON.toString().equals(System.getProperty(PROPERTY)) ? JSON : TEXT;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
