package dev.parley.adapters.outbound.xmpp;

/**
 * The line ends of a text. XML turns each into a line feed, so that what they were goes beside the
 * text: one letter for each, {@code n} for LF, {@code r} for CR, {@code w} for both.
 */
final class LineEnds {

  private LineEnds() {}

  /** The text as XML can carry it. */
  static String carried(String content) {
    return content.replace("\r\n", "\n").replace('\r', '\n');
  }

  /** What the line ends are; empty when they survive. */
  static String of(String content) {
    if (content.indexOf('\r') < 0) {
      return "";
    }
    var ends = new StringBuilder();
    for (var n = 0; n < content.length(); n++) {
      var c = content.charAt(n);
      if (c == '\n') {
        ends.append('n');
      } else if (c == '\r') {
        var windows = n + 1 < content.length() && content.charAt(n + 1) == '\n';
        ends.append(windows ? 'w' : 'r');
        n += windows ? 1 : 0;
      }
    }
    return ends.toString();
  }

  /** The text with its line ends put back, unless they do not fit it. */
  static String restored(String carried, String ends) {
    if (ends.isEmpty() || carried.chars().filter(c -> c == '\n').count() != ends.length()) {
      return carried;
    }
    var content = new StringBuilder();
    var next = 0;
    for (var n = 0; n < carried.length(); n++) {
      var c = carried.charAt(n);
      if (c == '\n') {
        content.append(
            switch (ends.charAt(next++)) {
              case 'r' -> "\r";
              case 'w' -> "\r\n";
              default -> "\n";
            });
      } else {
        content.append(c);
      }
    }
    return content.toString();
  }
}
