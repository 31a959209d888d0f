package dev.parley.adapters.inbound.mcp;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an error names what it found in JSON, at a length a person reads. */
final class Found {

  private static final int SHOWN = 60;

  private Found() {}

  static String describe(@Nullable Object json) {
    return switch (json) {
      case null -> "null";
      case String text -> "the text '%s'".formatted(shorten(text));
      case Map<?, ?> _ -> "an object";
      case List<?> _ -> "a list";
      case Boolean truth -> truth.toString();
      case Object other -> shorten(other.toString());
    };
  }

  static String shorten(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
