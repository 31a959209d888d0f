package dev.parley.adapters.inbound.mcp;

import dev.parley.domain.topic.TopicRefused;
import dev.parley.ports.inbound.ObserveTopic;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The resources that one session wants to hear of, as in <a
 * href="https://modelcontextprotocol.io/specification/2025-11-25/server/resources#subscriptions">MCP</a>:
 * an update says that a resource may have changed, and not how.
 */
public final class Subscriptions implements AutoCloseable {

  private static final int MOST = 1_000;

  private final ObserveTopic observe;
  private final Consumer<String> updated;
  private final Map<String, ObserveTopic.Watch> watches = new HashMap<>();
  private boolean over;

  Subscriptions(ObserveTopic observe, Consumer<String> updated) {
    this.observe = observe;
    this.updated = updated;
  }

  /** Subscribes to a resource; a second time changes nothing. The list of topics never changes. */
  synchronized Map<String, Object> add(String uri) {
    if (over || uri.equals(TopicUri.LIST) || watches.containsKey(uri)) {
      return Map.of();
    }
    if (watches.size() == MOST) {
      throw new ParamsRefused(
          "a session subscribes to at most %d resources; unsubscribe from one first"
              .formatted(MOST));
    }
    var topic = TopicUri.topicOf(uri).orElseThrow(() -> Resources.unknown(uri));
    try {
      watches.put(uri, observe.watch(topic, () -> updated.accept(uri)));
    } catch (TopicRefused e) {
      throw Resources.refused(uri, e);
    }
    return Map.of();
  }

  /** Ends a subscription, if there is one. */
  synchronized Map<String, Object> remove(String uri) {
    var watch = watches.remove(uri);
    if (watch != null) {
      watch.close();
    }
    return Map.of();
  }

  /** Ends them all, and lets none begin. */
  @Override
  public synchronized void close() {
    over = true;
    watches.values().forEach(ObserveTopic.Watch::close);
    watches.clear();
  }
}
