package dev.parley.ports.outbound;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of one check.
 *
 * @param check what was checked, a few words
 * @param found what was found, one sentence
 * @param remedy what to do about it; null when there is nothing to do
 */
public record Finding(Level level, String check, String found, @Nullable String remedy) {

  /** How bad it is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** Works, but is unsafe or soon will not. */
    WARNING,
    /** Does not work. */
    PROBLEM
  }

  /** A check that found what it should. */
  public static Finding ok(String check, String found) {
    return new Finding(Level.OK, check, found, null);
  }

  /** A check that found something unsafe. */
  public static Finding warning(String check, String found, String remedy) {
    return new Finding(Level.WARNING, check, found, remedy);
  }

  /** A check that found something broken. */
  public static Finding problem(String check, String found, String remedy) {
    return new Finding(Level.PROBLEM, check, found, remedy);
  }
}
