package dev.parley.adapters.outbound.matrix;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Synapse's tokens. It has one of a place in the room's graph, {@code t47-103_0_0}, and one of a
 * place in the order of arrival, {@code s103_0_0}, and reads history by either. What arrives late
 * may belong far back in the graph, where a reader has passed already; in the order of arrival it
 * comes last. So a place is turned into one of arrival. Tokens of other homeservers stay as they
 * are.
 */
final class Tokens {

  private static final Pattern IN_GRAPH =
      Pattern.compile("t(?<depth>-?\\d+)-(?<number>\\d+)(?<rest>_.*)?");
  private static final long LATEST = 1L << 52;

  private Tokens() {}

  /** All that arrived after the event at this place. */
  static String after(String token) {
    return arrival(token, 0, token);
  }

  /**
   * All that arrived before the event at this place.
   *
   * @param after the place after the event
   * @param before the same before it, for homeservers that have but one kind of token
   */
  static String before(String after, String before) {
    return arrival(after, -1, before);
  }

  private static String arrival(String token, int further, String otherwise) {
    return IN_GRAPH.matcher(token).matches() ? upTo(number(token) + further, token) : otherwise;
  }

  /** The number in the order of arrival; 0 where a token tells none. */
  static long number(String token) {
    var parts = IN_GRAPH.matcher(token);
    return parts.matches() ? Long.parseLong(parts.group("number")) : 0;
  }

  /** The place of arrival after the event with this number, as a token like another one. */
  static String upTo(long number, String like) {
    var parts = IN_GRAPH.matcher(like);
    return parts.matches() ? "s%d%s".formatted(number, rest(parts.group("rest"))) : like;
  }

  /**
   * A place in the graph from which everything is listed that lies further on, whenever it arrived:
   * Synapse lists nothing where the end of a stretch arrived before its beginning. What is at the
   * very place may be listed again.
   */
  static String furtherOn(String token, String direction) {
    var parts = IN_GRAPH.matcher(token);
    if (!parts.matches()) {
      return token;
    }
    var depth = Long.parseLong(parts.group("depth"));
    var rest = rest(parts.group("rest"));
    return direction.equals("f")
        ? "t%d-0%s".formatted(depth, rest)
        : "t%d-%d%s".formatted(depth - 1, LATEST, rest);
  }

  private static String rest(@Nullable String matched) {
    return matched == null ? "" : matched;
  }
}
