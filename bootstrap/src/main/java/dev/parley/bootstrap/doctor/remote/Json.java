package dev.parley.bootstrap.doctor.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.bootstrap.doctor.remote.Web.Answer;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The JSON object of an answer. */
record Json(ObjectNode root) {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** The object, if the answer is a good one and holds nothing else. */
  static Optional<Json> in(Answer answer) {
    try {
      return answer.status() == 200 && MAPPER.readTree(answer.body()) instanceof ObjectNode object
          ? Optional.of(new Json(object))
          : Optional.empty();
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  /** A text, or the empty one. */
  String text(String name) {
    return root.path(name).asText();
  }

  boolean isTrue(String name) {
    return root.path(name).asBoolean();
  }

  boolean lists(String name, String value) {
    return StreamSupport.stream(root.path(name).spliterator(), false)
        .map(JsonNode::asText)
        .anyMatch(value::equals);
  }

  int size(String name) {
    return root.path(name).size();
  }

  /** What an error message shows of a member. */
  String shown(String name) {
    var text = root.has(name) ? root.get(name).toString() : "none";
    return text.length() <= 200 ? text : text.substring(0, 200) + "...";
  }
}
