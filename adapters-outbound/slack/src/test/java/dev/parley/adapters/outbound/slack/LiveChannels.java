package dev.parley.adapters.outbound.slack;

import dev.parley.conformance.live.LiveStore;
import dev.parley.domain.topic.TopicName;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** New channels in a real workspace, one for each topic; they are archived at the end. */
final class LiveChannels implements LiveStore {

  private final LiveSlack slack;
  private final Map<TopicName, String> channels = new ConcurrentHashMap<>();

  LiveChannels(LiveSlack slack) {
    this.slack = slack;
    SlackStore.USUAL.forEach(name -> prepare(new TopicName(name)));
  }

  @Override
  public Map<String, String> config() {
    return slack.config(
        channels.entrySet().stream()
            .map(entry -> entry.getKey().value() + "=" + entry.getValue())
            .collect(Collectors.joining("\n")));
  }

  @Override
  public void prepare(TopicName topic) {
    channels.computeIfAbsent(topic, _ -> newChannel());
  }

  private String newChannel() {
    var name = "parley-live-" + UUID.randomUUID();
    return slack
        .call("conversations.create", Map.of("name", name))
        .path("channel")
        .path("id")
        .asText();
  }

  private String channel(TopicName topic) {
    prepare(topic);
    return channels.getOrDefault(topic, "");
  }

  @Override
  public Optional<Editor> editor() {
    return Optional.of(new BotEditor());
  }

  /** Other software with the app's token: a bot may change what it said itself. */
  private final class BotEditor implements Editor {
    @Override
    public void edit(TopicName topic, String content, String replacement) {
      var _ =
          slack.call(
              "chat.update",
              Map.of(
                  "channel",
                  channel(topic),
                  "ts",
                  find(topic, content),
                  "text",
                  Texts.escaped(replacement)));
    }

    @Override
    public void delete(TopicName topic, String content) {
      var _ =
          slack.call("chat.delete", Map.of("channel", channel(topic), "ts", find(topic, content)));
    }

    private String find(TopicName topic, String content) {
      var history =
          slack.call("conversations.history", Map.of("channel", channel(topic), "limit", "100"));
      for (var message : history.path("messages")) {
        if (Texts.read(message.path("text").asText(), id -> id).equals(content)) {
          return message.path("ts").asText();
        }
      }
      throw new IllegalStateException("there is no message '%s'".formatted(content));
    }

    /** Only where a message has replies. */
    @Override
    public boolean leavesTombstones() {
      return false;
    }
  }

  @Override
  public void close() {
    channels
        .values()
        .forEach(channel -> slack.call("conversations.archive", Map.of("channel", channel)));
  }
}
