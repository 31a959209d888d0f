package dev.parley.adapters.inbound.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON Schema 2020-12 of an object whose properties are all known. */
final class Schema {

  private final Map<String, Object> properties = new LinkedHashMap<>();
  private final List<String> required = new ArrayList<>();

  private Schema() {}

  static Schema object() {
    return new Schema();
  }

  Schema required(String name, Map<String, Object> type) {
    properties.put(name, type);
    required.add(name);
    return this;
  }

  Schema optional(String name, Map<String, Object> type) {
    properties.put(name, type);
    return this;
  }

  Map<String, Object> build() {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", required);
    schema.put("additionalProperties", false);
    return schema;
  }

  static Map<String, Object> text(String description) {
    return type("string", description);
  }

  static Map<String, Object> optionalText(String description) {
    var schema = text(description);
    schema.put("type", List.of("string", "null"));
    return schema;
  }

  static Map<String, Object> oneOf(String description, String... words) {
    var schema = type("string", description);
    schema.put("enum", List.of(words));
    return schema;
  }

  static Map<String, Object> flag(String description) {
    return type("boolean", description);
  }

  static Map<String, Object> wholeNumber(int least, String description) {
    var schema = type("integer", description);
    schema.put("minimum", least);
    return schema;
  }

  static Map<String, Object> list(Map<String, Object> items, String description) {
    var schema = type("array", description);
    schema.put("items", items);
    return schema;
  }

  private static Map<String, Object> type(String type, String description) {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", type);
    schema.put("description", description);
    return schema;
  }
}
