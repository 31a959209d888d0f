package dev.parley.adapters.inbound.mcp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The params of one request, as they came. */
final class Params {

  private final Map<?, ?> fields;

  private Params(Map<?, ?> fields) {
    this.fields = fields;
  }

  /**
   * Reads params.
   *
   * @throws ParamsRefused when they are no object
   */
  static Params of(@Nullable Object params) {
    if (params == null) {
      return new Params(Map.of());
    }
    if (params instanceof Map<?, ?> fields) {
      return new Params(fields);
    }
    throw new ParamsRefused("params has to be an object");
  }

  /** A text that has to be there. */
  String text(String name) {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw new ParamsRefused(
        "%s has to be a text; found %s".formatted(name, Found.describe(fields.get(name))));
  }

  /** A text that may be absent. */
  @Nullable String textOrNull(String name) {
    return fields.get(name) == null ? null : text(name);
  }

  /** An object that has to be there. */
  Params object(String name) {
    if (fields.get(name) instanceof Map<?, ?> object) {
      return new Params(object);
    }
    throw new ParamsRefused(
        "%s has to be an object; found %s".formatted(name, Found.describe(fields.get(name))));
  }

  /** The arguments in a field that may be absent. */
  // JSON's names are texts, so a map read from JSON has no other keys.
  @SuppressWarnings("unchecked")
  Arguments arguments(String name) {
    return new Arguments(
        fields.get(name) == null ? Map.of() : (Map<String, ?>) object(name).fields);
  }
}
