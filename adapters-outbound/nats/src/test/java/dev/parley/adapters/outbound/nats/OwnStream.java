package dev.parley.adapters.outbound.nats;

import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A topic under names that no other test has, and those who use it. */
final class OwnStream {

  static final TopicName TOPIC = new TopicName("ctx");

  private final String prefix = SharedServers.newPrefix();
  private final List<AutoCloseable> open = new ArrayList<>();

  String name() {
    return prefix + "_ctx";
  }

  String subject() {
    return prefix + ".ctx";
  }

  ForeignBridge bridge(SharedServers servers) {
    var bridge = new ForeignBridge(servers.server().connection());
    open.add(bridge);
    return bridge;
  }

  Backend parley(SharedServers servers) {
    return parley(servers, Map.of());
  }

  Backend parley(SharedServers servers, Map<String, Object> settings) {
    var all = new HashMap<>(settings);
    all.put("stream_prefix", prefix + "_");
    all.put("subject_prefix", prefix);
    var backend = Fixture.open(servers.server(), all);
    open.add(backend);
    return backend;
  }

  void close() throws Exception {
    for (var each : open) {
      each.close();
    }
  }
}
