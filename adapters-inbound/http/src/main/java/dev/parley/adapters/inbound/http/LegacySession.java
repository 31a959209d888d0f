package dev.parley.adapters.inbound.http;

import dev.parley.adapters.inbound.mcp.Requests;
import dev.parley.adapters.inbound.mcp.Subscriptions;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One session of the legacy era: what its client subscribed to, and what it has under way. */
final class LegacySession {

  private final McpStreamableServerSession sdk;
  private final String principal;
  private final Function<String, byte[]> update;
  private final Subscriptions subscriptions;
  private final Map<Object, ToolRun> calls = new ConcurrentHashMap<>();
  private final Set<String> waiting = new LinkedHashSet<>();
  private volatile @Nullable LongStream stream;
  private volatile long usedAt = System.nanoTime();

  /**
   * A session that begins.
   *
   * @param principal only requests in this name are part of it
   * @param update writes the notification that a resource may have changed
   */
  LegacySession(
      McpStreamableServerSession sdk,
      String principal,
      Requests requests,
      Function<String, byte[]> update) {
    this.sdk = sdk;
    this.principal = principal;
    this.update = update;
    this.subscriptions = requests.subscriptions(this::updated);
  }

  String id() {
    return sdk.getId();
  }

  McpStreamableServerSession sdk() {
    return sdk;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  boolean belongsTo(String name) {
    return principal.equals(name);
  }

  void touch() {
    usedAt = System.nanoTime();
  }

  long usedAt() {
    return usedAt;
  }

  /** Whether nothing is under way and nobody listens. */
  synchronized boolean isIdle() {
    return stream == null && calls.isEmpty();
  }

  boolean isListening() {
    return stream != null;
  }

  void enter(Object id, ToolRun call) {
    calls.put(id, call);
  }

  void leave(Object id, ToolRun call) {
    calls.remove(id, call);
  }

  void cancel(@Nullable Object id) {
    var call = id == null ? null : calls.get(id);
    if (call != null) {
      call.cancel();
    }
  }

  /** News go to this stream from now on; the one before it ends. */
  void listenOn(LongStream newest) {
    LongStream before;
    synchronized (this) {
      before = stream;
      stream = newest;
      waiting.removeIf(uri -> newest.send(update.apply(uri)));
    }
    if (before != null) {
      before.end();
    }
  }

  synchronized void stopListening(LongStream ended) {
    if (stream == ended) {
      stream = null;
    }
  }

  /** What nobody can be told now is told to the next stream, once for each resource. */
  private synchronized void updated(String uri) {
    if (stream == null || !stream.send(update.apply(uri))) {
      waiting.add(uri);
    }
  }

  void close() {
    subscriptions.close();
    calls.values().forEach(ToolRun::cancel);
    LongStream open;
    synchronized (this) {
      open = stream;
      stream = null;
    }
    if (open != null) {
      open.end();
    }
    sdk.close();
  }
}
