package dev.parley.adapters.outbound.zulip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** JSON that is sent, in parameters of requests. */
final class Json {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Json() {}

  static String object(Map<String, ?> fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("texts and numbers can be written", impossible);
    }
  }
}
