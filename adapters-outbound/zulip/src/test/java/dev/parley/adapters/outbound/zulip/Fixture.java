package dev.parley.adapters.outbound.zulip;

import dev.parley.adapters.outbound.zulip.realm.Account;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Self;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Backends on a double of a test. */
final class Fixture {

  private Fixture() {}

  static Backend open(String handle, BackendConfig config) {
    var self =
        new Self(new Handle(handle), Sender.Kind.AGENT, new InstanceId(handle), Path.of("unused"));
    return new ZulipPlugin().open(config, self);
  }

  static BackendConfig config(String url, Account bot, String stream) {
    return config(url, bot, stream, Map.of());
  }

  static BackendConfig config(String url, Account bot, String stream, Map<String, Object> more) {
    var values =
        new HashMap<String, Object>(
            Map.of(
                "site_url",
                url,
                "email",
                bot.email(),
                "api_key",
                bot.apiKey(),
                "stream",
                stream,
                "request_timeout_ms",
                4_000L));
    values.putAll(more);
    return new BackendConfig(values);
  }

  /** The newest messages of a topic, oldest first. */
  static List<Message> history(Backend backend, TopicName topic) {
    return backend.fetchRecent(topic, Window.latest(100)).messages();
  }

  static List<String> contents(Backend backend, TopicName topic) {
    return history(backend, topic).stream().map(Message::content).toList();
  }

  /** The place of the message with this content. */
  static Cursor at(Backend backend, TopicName topic, String content) {
    return history(backend, topic).stream()
        .filter(message -> message.content().equals(content))
        .findFirst()
        .orElseThrow()
        .cursor();
  }
}
