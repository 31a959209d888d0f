package dev.parley.adapters.outbound.nats;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import io.nats.client.support.JsonValueUtils.MapBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the JetStream API says and is told, in the client library's own JSON, but read by Jackson: a
 * session reads its requests with it, so what that takes is compiled already.
 */
final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Json NOTHING = new Json(JsonValue.NULL);

  private final JsonValue value;

  private Json(JsonValue value) {
    this.value = value;
  }

  static Json parse(byte[] text) throws ApiError {
    try (var json = FACTORY.createParser(text)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        return new Json(value(json));
      }
      throw new ApiError(0, "an answer that is no JSON object");
    } catch (JacksonException unreadable) {
      throw new ApiError(0, "an answer that is no JSON");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static JsonValue value(JsonParser json) throws IOException {
    var token = json.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return new JsonValue(fields(json));
    }
    if (token == JsonToken.START_ARRAY) {
      return new JsonValue(items(json));
    }
    if (token == JsonToken.VALUE_STRING) {
      return new JsonValue(json.getText());
    }
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          ? new JsonValue(json.getBigIntegerValue())
          : new JsonValue(json.getLongValue());
    }
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      return new JsonValue(json.getDecimalValue());
    }
    if (token == JsonToken.VALUE_TRUE) {
      return JsonValue.TRUE;
    }
    return token == JsonToken.VALUE_FALSE ? JsonValue.FALSE : JsonValue.NULL;
  }

  private static Map<String, JsonValue> fields(JsonParser json) throws IOException {
    var fields = new HashMap<String, JsonValue>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      var name = json.currentName();
      json.nextToken();
      fields.put(name, value(json));
    }
    return fields;
  }

  private static List<JsonValue> items(JsonParser json) throws IOException {
    var items = new ArrayList<JsonValue>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(json));
    }
    return items;
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
