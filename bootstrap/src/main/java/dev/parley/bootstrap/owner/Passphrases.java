package dev.parley.bootstrap.owner;

import java.nio.charset.StandardCharsets;

/** What may be a passphrase: long enough to resist guessing, and typed in any browser. */
final class Passphrases {

  /** The fewest characters. */
  static final int SHORTEST = 12;

  /** The most bytes in UTF-8; far below what the server reads of a form. */
  static final int MOST_BYTES = 1_024;

  private Passphrases() {}

  static void requireFit(String passphrase) throws NotSet {
    var characters = passphrase.codePointCount(0, passphrase.length());
    if (characters < SHORTEST) {
      throw new NotSet(
          "a passphrase needs at least %d characters, but this one has %d; nothing was written. A few unrelated words are easy to type on a phone."
              .formatted(SHORTEST, characters));
    }
    if (passphrase.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new NotSet(
          "a passphrase has at most %,d bytes; nothing was written".formatted(MOST_BYTES));
    }
    if (passphrase.chars().anyMatch(Character::isISOControl)) {
      throw new NotSet(
          "a passphrase has no tabs and other control characters, since browsers cannot send"
              + " them; nothing was written");
    }
  }
}
