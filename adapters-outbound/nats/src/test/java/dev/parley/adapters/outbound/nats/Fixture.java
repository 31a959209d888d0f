package dev.parley.adapters.outbound.nats;

import dev.parley.domain.history.Window;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Self;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Backends on a server of a test. */
final class Fixture {

  private Fixture() {}

  static Backend open(NatsServer server) {
    return open(server, Map.of());
  }

  static Backend open(NatsServer server, Map<String, Object> settings) {
    return open("agent", config(List.of(server.url()), settings));
  }

  static Backend open(String handle, BackendConfig config) {
    var self =
        new Self(new Handle(handle), Sender.Kind.AGENT, new InstanceId(handle), Path.of("unused"));
    return new NatsPlugin().open(config, self);
  }

  static BackendConfig config(List<String> servers, Map<String, Object> settings) {
    var values = new HashMap<String, Object>(Map.of("request_timeout_ms", 3_000L));
    values.put("servers", servers);
    values.putAll(settings);
    return new BackendConfig(values);
  }

  static List<Finding> diagnose(NatsServer server, Map<String, Object> settings) {
    return new NatsPlugin().diagnose(config(List.of(server.url()), settings));
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
