package dev.parley.bootstrap.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that somebody most likely meant. */
final class Nearest {

  private Nearest() {}

  /** The nearest of the known names, if one is near: at most one edit in three characters. */
  public static Optional<String> to(String found, Collection<String> known) {
    return known.stream()
        .filter(name -> distance(found, name) <= Math.max(1, name.length() / 3))
        .min(Comparator.comparingInt(name -> distance(found, name)));
  }

  /**
   * Insertions, deletions, replacements and swaps of neighbours between two names; case is free.
   */
  private static int distance(String one, String other) {
    var a = one.toLowerCase(Locale.ROOT).replace('-', '_');
    var b = other.toLowerCase(Locale.ROOT).replace('-', '_');
    var cost = new int[a.length() + 1][b.length() + 1];
    for (var i = 0; i <= a.length(); i++) {
      for (var j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        var differs = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + differs);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
