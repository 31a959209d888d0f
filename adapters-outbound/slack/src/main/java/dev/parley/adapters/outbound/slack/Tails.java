package dev.parley.adapters.outbound.slack;

import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The live ends of the topics that somebody listens to, all on one connection. */
final class Tails implements Line, AutoCloseable {

  private final Connection connection;
  private final Pages pages;
  private final Switchboard switchboard;
  private final Map<TopicName, Tail> tails = new HashMap<>();
  private boolean started;
  private boolean closed;
  private boolean up;
  private @Nullable BackendException fault;

  Tails(Connection connection, Pages pages, MeetingPlace place) {
    this.connection = connection;
    this.pages = pages;
    this.switchboard = new Switchboard(connection, place, this);
  }

  Subscription subscribe(TopicName topic, Feed feed) {
    var _ = connection.settings().channelOf(topic);
    synchronized (tails) {
      if (closed) {
        throw connection.faults().closed();
      }
      var listened = tails.computeIfAbsent(topic, this::newTail);
      var subscription = listened.attach(feed);
      listened.start();
      if (!started) {
        started = true;
        switchboard.start();
      }
      var open = new AtomicBoolean(true);
      return () -> {
        subscription.close();
        if (open.getAndSet(false)) {
          released(listened);
        }
      };
    }
  }

  private Tail newTail(TopicName topic) {
    var channel = connection.settings().channelOf(topic);
    var tail = new Tail(topic, pages, connection.settling(channel));
    if (up) {
      tail.lineUp();
    } else if (fault != null) {
      tail.lineDown(fault);
    }
    return tail;
  }

  private void released(Tail tail) {
    synchronized (tails) {
      if (tail.detach() && tails.remove(tail.topic(), tail)) {
        tail.end();
      }
    }
  }

  /** Something was posted in a channel by this instance. */
  void posted(String channel, Ts ts) {
    news(channel, ts);
  }

  @Override
  public void news(String channel, Ts ts) {
    for (var tail : all()) {
      if (connection.settings().channelOf(tail.topic()).equals(channel)) {
        tail.hint(ts);
      }
    }
  }

  @Override
  public void up() {
    synchronized (tails) {
      up = true;
      fault = null;
      tails.values().forEach(Tail::lineUp);
    }
  }

  @Override
  public void down(BackendException why) {
    synchronized (tails) {
      up = false;
      fault = why;
      tails.values().forEach(tail -> tail.lineDown(why));
    }
  }

  private List<Tail> all() {
    synchronized (tails) {
      return List.copyOf(tails.values());
    }
  }

  @Override
  public void close() {
    List<Tail> last;
    synchronized (tails) {
      closed = true;
      last = List.copyOf(tails.values());
      tails.clear();
    }
    last.forEach(Tail::end);
    if (started) {
      switchboard.close();
    }
    var closing = last.stream().map(tail -> Thread.startVirtualThread(tail::close)).toList();
    for (var thread : closing) {
      join(thread);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
