package dev.parley.adapters.outbound.zulip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.conformance.ForeignRecord;
import dev.parley.conformance.ForeignRecord.AsMessage;
import dev.parley.conformance.live.LiveStore;
import dev.parley.domain.topic.TopicName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A channel on a real server, made by the bot for one scenario and archived at its end. */
final class LiveChannel implements LiveStore {

  private final ZulipLive server;
  private final String name;
  private final long id;
  private final Topics topics = new Topics(Map.of());

  LiveChannel(ZulipLive server, String name) {
    this.server = server;
    this.name = name;
    var _ =
        server.call(
            "POST",
            "/users/me/subscriptions",
            Map.of("subscriptions", "[%s]".formatted(Json.object(Map.of("name", name)))));
    this.id =
        server
            .call("GET", "/get_stream_id?stream=" + encoded(name), Map.of())
            .path("stream_id")
            .asLong();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public Map<String, String> config() {
    return server.config(name);
  }

  /** Topics need no preparation. */
  @Override
  public void prepare(TopicName topic) {}

  @Override
  public List<ForeignRecord> foreignRecords() {
    var me = server.call("GET", "/users/me", Map.of());
    var handle = MentionNames.handle(me.path("full_name").asText(), me.path("user_id").asLong());
    return List.of(
        new ForeignRecord(
            "software with the bot's key", this::sendPlain, new AsMessage(handle, "plain")));
  }

  private void sendPlain(TopicName topic) {
    var _ =
        server.call(
            "POST",
            "/messages",
            Map.of(
                "type",
                "stream",
                "to",
                "[%d]".formatted(id),
                "topic",
                topics.nameOf(topic),
                "content",
                "plain"));
  }

  @Override
  public Optional<Editor> editor() {
    return Optional.of(
        new Editor() {
          @Override
          public void edit(TopicName topic, String content, String replacement) {
            var message = find(topic, content);
            var edited = message.path("content").asText().replace(content, replacement);
            var _ =
                server.call(
                    "PATCH", "/messages/" + message.path("id").asText(), Map.of("content", edited));
          }

          @Override
          public void delete(TopicName topic, String content) {
            var _ =
                server.call(
                    "DELETE", "/messages/" + find(topic, content).path("id").asText(), Map.of());
          }

          @Override
          public boolean leavesTombstones() {
            return false;
          }
        });
  }

  private JsonNode find(TopicName topic, String content) {
    var narrow =
        "[%s,%s]"
            .formatted(
                Json.object(Map.of("operator", "stream", "operand", id)),
                Json.object(Map.of("operator", "topic", "operand", topics.nameOf(topic))));
    var path =
        "/messages?anchor=newest&num_before=100&num_after=0&apply_markdown=false&narrow="
            + encoded(narrow);
    for (var message : server.call("GET", path, Map.of()).path("messages")) {
      if (message.path("content").asText().endsWith(" " + content)) {
        return message;
      }
    }
    throw new IllegalStateException("there is no message '%s'".formatted(content));
  }

  @Override
  public void close() {
    var _ = server.call("DELETE", "/streams/" + id, Map.of());
  }
}
