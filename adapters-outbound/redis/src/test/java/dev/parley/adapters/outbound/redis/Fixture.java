package dev.parley.adapters.outbound.redis;

import dev.parley.conformance.OpenStore;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Backends on a server. */
final class Fixture {

  static final TopicName TOPIC = new TopicName("ctx");

  private Fixture() {}

  static String url(int port) {
    return "redis://127.0.0.1:" + port;
  }

  static Backend open(int port) {
    return open(Map.of("url", url(port)));
  }

  static Backend open(Map<String, String> settings) {
    return open("agent", Sender.Kind.AGENT, settings);
  }

  static Backend open(String handle, Sender.Kind kind, Map<String, String> settings) {
    var all = new HashMap<>(Map.of("request_timeout_ms", "3000"));
    all.putAll(settings);
    return OpenStore.as(new Handle(handle), kind, new RedisPlugin(), all, Path.of("none"));
  }

  static BackendConfig config(Map<String, String> settings) {
    return OpenStore.config(new RedisPlugin(), settings);
  }

  /** Every message of a topic, oldest first, read in pages. */
  static List<Message> history(Backend backend, TopicName topic, int pageSize) {
    var page = backend.fetchRecent(topic, Window.oldest(pageSize));
    var messages = new ArrayList<>(page.messages());
    while (page.more()) {
      page = backend.fetchRecent(topic, Window.after(page.next(), pageSize));
      messages.addAll(page.messages());
    }
    return messages;
  }

  /** The same, contents only. */
  static List<String> contents(Backend backend, TopicName topic) {
    return history(backend, topic, 100).stream().map(Message::content).toList();
  }
}
