package dev.parley.adapters.outbound.slack;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;

/** What came over a Socket Mode connection. */
record Envelope(JsonNode json) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Envelope of(String message) {
    try {
      return new Envelope(JSON.readTree(message));
    } catch (JacksonException noJson) {
      return new Envelope(MissingNode.getInstance());
    }
  }

  /** By what it is to be acknowledged; empty when it is not. */
  Optional<String> id() {
    return Optional.of(json.path("envelope_id").asText("")).filter(id -> !id.isEmpty());
  }

  boolean isHello() {
    return json.path("type").asText("").equals("hello");
  }

  /** Slack is about to close the connection, as it does every few hours. */
  boolean isFarewell() {
    return json.path("type").asText("").equals("disconnect");
  }

  /** Why Slack closes the connection. */
  String reason() {
    return json.path("reason").asText("no reason given");
  }

  private JsonNode event() {
    return json.path("payload").path("event");
  }

  /** The channel that something was said in. */
  Optional<String> channel() {
    return Optional.of(event())
        .filter(event -> event.path("type").asText("").equals("message"))
        .map(event -> event.path("channel").asText(""))
        .filter(channel -> !channel.isEmpty());
  }

  /** The place of what is new; empty for an edit or a deletion, which are not news. */
  Optional<Ts> place() {
    var subtype = event().path("subtype").asText("");
    return subtype.equals("message_changed") || subtype.equals("message_deleted")
        ? Optional.empty()
        : Ts.parse(event().path("ts").asText(""));
  }
}
