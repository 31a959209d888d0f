package dev.parley.adapters.outbound.nats;

import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import io.nats.client.support.JsonValueUtils.MapBuilder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the JetStream API says, in the client library's own JSON: it is loaded anyway, while another
 * library would make the first post of a session wait.
 */
final class Json {

  private static final Json NOTHING = new Json(JsonValue.NULL);

  private final JsonValue value;

  private Json(JsonValue value) {
    this.value = value;
  }

  static Json parse(byte[] text) throws ApiError {
    try {
      return new Json(JsonParser.parse(text));
    } catch (JsonParseException unreadable) {
      throw new ApiError(0, "an answer that is no JSON");
    }
  }

  /** An object that is to be written. */
  static MapBuilder object() {
    return JsonValueUtils.mapBuilder();
  }

  static byte[] bytes(MapBuilder object) {
    return object.toJson().getBytes(StandardCharsets.UTF_8);
  }

  /** This object with one field set, and every other as it is. */
  MapBuilder with(String name, long number) {
    var fields = new HashMap<String, JsonValue>();
    if (value.map != null) {
      fields.putAll(value.map);
    }
    fields.put(name, new JsonValue(number));
    return new MapBuilder(new JsonValue(fields));
  }

  private @Nullable JsonValue field(String name) {
    return value.map == null ? null : value.map.get(name);
  }

  boolean has(String name) {
    return field(name) != null;
  }

  /** The object of a field; one without fields where there is none. */
  Json child(String name) {
    var field = field(name);
    return field == null ? NOTHING : new Json(field);
  }

  List<Json> items(String name) {
    var field = field(name);
    return field == null || field.array == null
        ? List.of()
        : field.array.stream().map(Json::new).toList();
  }

  List<String> texts(String name) {
    var field = field(name);
    return field == null || field.array == null
        ? List.of()
        : field.array.stream().map(item -> item.string == null ? "" : item.string).toList();
  }

  String text(String name, String otherwise) {
    var field = field(name);
    return field == null || field.string == null ? otherwise : field.string;
  }

  long number(String name, long otherwise) {
    var field = field(name);
    return field == null || field.number == null ? otherwise : field.number.longValue();
  }

  boolean flag(String name) {
    var field = field(name);
    return field != null && Boolean.TRUE.equals(field.bool);
  }
}
