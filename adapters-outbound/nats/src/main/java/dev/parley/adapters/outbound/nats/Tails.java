package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import io.nats.client.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The live consumers: one for each topic that somebody listens to, all on one connection. */
final class Tails implements LinkListener, AutoCloseable {

  // How many are set up at once: enough to fill the connection, not to flood the server.
  private static final int STARTING_AT_ONCE = 32;
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Link link;
  private final Requests requests;
  private final Streams streams;
  private final Faults faults;
  private final Duration timeout;
  private final Semaphore starting = new Semaphore(STARTING_AT_ONCE);
  private final Map<TopicName, Tail> tails = new HashMap<>();
  private final Map<String, Tail> byConsumer = new ConcurrentHashMap<>();
  private boolean closed;

  Tails(Link link, Requests requests, Streams streams, Faults faults, Duration timeout) {
    this.link = link;
    this.requests = requests;
    this.streams = streams;
    this.faults = faults;
    this.timeout = timeout;
  }

  Subscription subscribe(TopicName topic, Feed feed) {
    synchronized (tails) {
      if (closed) {
        throw faults.closed();
      }
      var tail = tails.get(topic);
      if (tail == null) {
        tail = new Tail(topic, this);
        tails.put(topic, tail);
      }
      var listened = tail;
      var subscription = listened.attach(feed);
      listened.start();
      var open = new AtomicBoolean(true);
      return () -> {
        subscription.close();
        if (open.getAndSet(false)) {
          released(listened);
        }
      };
    }
  }

  private void released(Tail tail) {
    synchronized (tails) {
      if (tail.detach() && tails.remove(tail.topic(), tail)) {
        tail.end();
      }
    }
  }

  @Override
  public void received(String consumer, Message message) {
    var tail = byConsumer.get(consumer);
    if (tail != null) {
      tail.received(consumer, message);
    }
  }

  @Override
  public void lost() {
    all().forEach(Tail::wake);
  }

  private List<Tail> all() {
    synchronized (tails) {
      return List.copyOf(tails.values());
    }
  }

  /** The consumer that a tail begins to listen to from now on. */
  void assign(String consumer, Tail tail) {
    byConsumer.put(consumer, tail);
  }

  void unassign(String consumer) {
    byConsumer.remove(consumer);
  }

  @Nullable Session awaitSession(Tail tail) throws InterruptedException {
    return link.awaitSession(tail::down);
  }

  Semaphore starting() {
    return starting;
  }

  Streams.Known findOrCreate(TopicName topic) {
    return requests.ask(
        Deadline.in(timeout),
        streams.nameOf(topic),
        (session, attempt) -> streams.findOrCreate(session, topic, attempt));
  }

  Faults faults() {
    return faults;
  }

  Duration timeout() {
    return timeout;
  }

  /** Ends every feed and takes leave of the server; waits for neither for long. */
  @Override
  public void close() {
    List<Tail> last;
    synchronized (tails) {
      closed = true;
      last = List.copyOf(tails.values());
      tails.clear();
    }
    last.forEach(Tail::end);
    var closing = last.stream().map(tail -> Thread.startVirtualThread(tail::close)).toList();
    var deadline = Deadline.in(FAREWELL);
    try {
      for (var thread : closing) {
        if (!thread.join(deadline.left())) {
          return;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
