package dev.parley.adapters.inbound.mcp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The arguments of one call, read strictly: nothing is dropped, nothing is guessed. */
public final class Arguments {

  private final Map<String, ?> values;

  Arguments(Map<String, ?> values) {
    this.values = values;
  }

  /**
   * Refuses arguments that nobody knows.
   *
   * @param taker what takes arguments, for a person: a tool, a prompt
   * @throws ArgumentRefused naming them and those that are known
   */
  void requireOnly(String taker, Collection<?> known) {
    for (var name : values.keySet()) {
      if (!known.contains(name)) {
        var names = known.stream().map(String::valueOf).toList();
        throw new ArgumentRefused(
            "unknown argument '%s'%s; this %s takes: %s"
                .formatted(
                    Found.shorten(name),
                    Spelling.nearest(name, names)
                        .map(" (did you mean '%s'?)"::formatted)
                        .orElse(""),
                    taker,
                    String.join(", ", names)));
      }
    }
  }

  /** A text that has to be there. */
  String text(String name) {
    return optionalText(name)
        .orElseThrow(() ->
            new ArgumentRefused("argument '%s' is missing; give it as a text".formatted(name)));
  }

  /** A text that may be absent. */
  Optional<String> optionalText(String name) {
    var value = values.get(name);
    if (value == null || value instanceof String) {
      return Optional.ofNullable((String) value);
    }
    throw refused(name, "a text", value);
  }

  /** A text that becomes a value, which may refuse it. */
  <T> T value(String name, Function<String, T> factory) {
    return convert(name, text(name), factory);
  }

  /** A text that may be absent and becomes a value, which may refuse it. */
  <T> Optional<T> optionalValue(String name, Function<String, T> factory) {
    return optionalText(name).map(text -> convert(name, text, factory));
  }

  /** A whole number from {@code least} on that may be absent. */
  Optional<Long> wholeNumber(String name, long least) {
    var value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Number number
        && number.doubleValue() == Math.rint(number.doubleValue())
        && number.doubleValue() >= least) {
      // By way of double, since a number beyond a long would come back as some other number.
      return Optional.of((long) number.doubleValue());
    }
    throw refused(name, "a whole number, %d or more".formatted(least), value);
  }

  /** Whether a flag that may be absent is set. */
  boolean flag(String name) {
    var value = values.get(name);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    throw refused(name, "true or false", value);
  }

  /** A list of texts that may be absent; each becomes a value, which may refuse it. */
  <T> List<T> values(String name, Function<String, T> factory) {
    var value = values.get(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      throw refused(name, "a list of texts", value);
    }
    var result = new ArrayList<T>(list.size());
    for (var element : list) {
      if (!(element instanceof String text)) {
        throw refused(name, "a list of texts", element);
      }
      result.add(convert(name, text, factory));
    }
    return result;
  }

  private static <T> T convert(String name, String text, Function<String, T> factory) {
    try {
      return factory.apply(text);
    } catch (IllegalArgumentException e) {
      throw new ArgumentRefused("argument '%s': %s".formatted(name, e.getMessage()));
    }
  }

  private static ArgumentRefused refused(String name, String expected, @Nullable Object found) {
    return new ArgumentRefused(
        "argument '%s' has to be %s; found %s".formatted(name, expected, Found.describe(found)));
  }
}
