package dev.parley.adapters.outbound.redis;

import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The blocking reads of one backend: one for all topics, or in a cluster one for each slot. */
final class LivePath implements AutoCloseable {

  private final Servers servers;
  private final StreamKeys keys;
  private final Store store;
  private final Faults faults;
  private final RedisSettings settings;
  private final Map<Integer, Tail> tails = new HashMap<>();
  private boolean closed;

  LivePath(Servers servers, StreamKeys keys, Store store, Faults faults, RedisSettings settings) {
    this.servers = servers;
    this.keys = keys;
    this.store = store;
    this.faults = faults;
    this.settings = settings;
  }

  Subscription subscribe(TopicName topic, Feed feed) {
    return tailOf(topic).subscribe(topic, feed);
  }

  private synchronized Tail tailOf(TopicName topic) {
    if (closed) {
      throw faults.closed();
    }
    return tails.computeIfAbsent(
        servers.groupOf(keys.streamOf(topic)),
        group -> new Tail(servers, keys, store, faults, settings, topic));
  }

  /** Ends every feed. */
  @Override
  public void close() {
    List<Tail> ended;
    synchronized (this) {
      closed = true;
      ended = List.copyOf(tails.values());
    }
    ended.forEach(Tail::end);
    ended.forEach(Tail::close);
  }
}
