package dev.parley.domain.history;

import dev.parley.domain.message.Cursor;

/**
 * Which part of a topic's history a page is to hold: at most {@code limit} messages, at least 1.
 */
public sealed interface Window {

  /** The most messages the page may hold. */
  int limit();

  /** The newest messages of the topic. */
  record Latest(int limit) implements Window {
    public Latest {
      requirePositive(limit);
    }
  }

  /** The first messages after a cursor. */
  record After(Cursor cursor, int limit) implements Window {
    public After {
      requirePositive(limit);
    }
  }

  /** The last messages before a cursor. */
  record Before(Cursor cursor, int limit) implements Window {
    public Before {
      requirePositive(limit);
    }
  }

  /** The oldest messages that the backend keeps. */
  record Oldest(int limit) implements Window {
    public Oldest {
      requirePositive(limit);
    }
  }

  /** The newest {@code limit} messages. */
  static Window latest(int limit) {
    return new Latest(limit);
  }

  /** The first {@code limit} messages after {@code cursor}. */
  static Window after(Cursor cursor, int limit) {
    return new After(cursor, limit);
  }

  /** The last {@code limit} messages before {@code cursor}. */
  static Window before(Cursor cursor, int limit) {
    return new Before(cursor, limit);
  }

  /** The oldest {@code limit} messages kept. */
  static Window oldest(int limit) {
    return new Oldest(limit);
  }

  private static void requirePositive(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page holds at least 1 message, not " + limit);
    }
  }
}
