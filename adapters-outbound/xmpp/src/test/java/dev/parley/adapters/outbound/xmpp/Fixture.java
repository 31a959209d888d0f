package dev.parley.adapters.outbound.xmpp;

import dev.parley.conformance.OpenStore;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.Self;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Backends on a server of a test. */
final class Fixture {

  private static final AtomicInteger PREFIXES = new AtomicInteger();

  private Fixture() {}

  /** What no other test's rooms begin with. */
  static String newPrefix() {
    return "t%d-".formatted(PREFIXES.incrementAndGet());
  }

  static Backend open(XmppServer server, String handle, String prefix) {
    return open(server, handle, prefix, Map.of());
  }

  static Backend open(
      XmppServer server, String handle, String prefix, Map<String, String> settings) {
    var config = new TreeMap<>(XmppStore.config(server.port(), prefix));
    config.putAll(settings);
    var self =
        new Self(new Handle(handle), Sender.Kind.AGENT, new InstanceId(handle), Path.of("unused"));
    return new XmppPlugin().open(OpenStore.config(new XmppPlugin(), config), self);
  }

  static List<Message> history(Backend backend, TopicName topic) {
    return backend.fetchRecent(topic, Window.latest(100)).messages();
  }

  static String room(XmppServer server, String prefix, TopicName topic) {
    return new XmppStore(server, server.port(), prefix).room(topic);
  }
}
