package dev.parley.adapters.inbound.mcp;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody who mistyped one may have meant. */
final class Spelling {

  private static final int LONGEST_WORD = 64;

  private Spelling() {}

  /** The known word nearest to a text, if one is near: by case, or by few enough edits. */
  static Optional<String> nearest(String text, Collection<String> known) {
    if (text.length() > LONGEST_WORD) {
      return Optional.empty();
    }
    var word = text.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(candidate -> edits(word, candidate) <= Math.max(2, candidate.length() / 3))
        .min(Comparator.comparingInt(candidate -> edits(word, candidate)));
  }

  /** The Levenshtein distance. */
  private static int edits(String from, String to) {
    var previous = new int[to.length() + 1];
    for (var j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (var i = 1; i <= from.length(); i++) {
      var current = new int[to.length() + 1];
      current[0] = i;
      for (var j = 1; j <= to.length(); j++) {
        var change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        current[j] = Math.min(previous[j - 1] + change, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
