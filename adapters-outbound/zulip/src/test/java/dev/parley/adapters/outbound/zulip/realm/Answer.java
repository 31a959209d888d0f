package dev.parley.adapters.outbound.zulip.realm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What the double answers to a request. */
record Answer(int status, ObjectNode body, Map<String, String> headers) {

  static Answer ok(ObjectNode body) {
    return new Answer(200, body, Map.of());
  }

  static Answer error(int status, String code, String msg) {
    return new Answer(status, Shapes.error(code, msg), Map.of());
  }

  static Answer badRequest(String msg) {
    return error(400, "BAD_REQUEST", msg);
  }
}
