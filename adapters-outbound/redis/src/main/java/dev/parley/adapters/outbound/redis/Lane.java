package dev.parley.adapters.outbound.redis;

import dev.parley.adapters.outbound.redis.Servers.Use;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One connection with a thread of its own, over which requests are pipelined: those that come while
 * it is busy go together in its next round trip. It connects when it is needed. A post is never
 * sent twice.
 */
final class Lane implements AutoCloseable {

  private static final Duration PERHAPS_STALE = Duration.ofMillis(5);
  private static final CommandArguments PING = new CommandArguments(Command.PING);

  private final Use use;
  private final Supplier<Link> connect;
  private final Faults faults;
  private final Health health;
  private final @Nullable CommandArguments lastOfBatch;
  private final Backlog backlog = new Backlog();
  private final Thread thread;
  private volatile boolean idle;
  private volatile boolean closed;
  private volatile @Nullable Link link;
  private volatile @Nullable BackendException obstacle;
  private long lastUsed;
  private boolean demoted;

  /**
   * A lane that has to be started.
   *
   * @param lastOfBatch a command that ends each round trip; its reply is added to those of every
   *     request in it
   */
  Lane(
      Use use,
      Supplier<Link> connect,
      Faults faults,
      Health health,
      @Nullable CommandArguments lastOfBatch) {
    this.use = use;
    this.connect = connect;
    this.faults = faults;
    this.health = health;
    this.lastOfBatch = lastOfBatch;
    this.thread =
        Thread.ofPlatform().daemon().name("parley-redis-" + use.words()).unstarted(this::work);
  }

  /** Begins to connect. */
  void start() {
    thread.start();
  }

  /** Carries a request out; waits for so long at most. */
  Request.Outcome carryOut(Request request, Duration atMost) {
    send(request);
    return request.await(atMost, this::notInTime);
  }

  private BackendException notInTime() {
    var known = obstacle;
    return known != null ? known : faults.tooSlow();
  }

  /** Queues a request. */
  void send(Request request) {
    backlog.add(request);
    if (closed) {
      backlog.refuse(faults.closed());
    } else if (idle) {
      LockSupport.unpark(thread);
    }
  }

  private void work() {
    connectEarly();
    while (!closed) {
      if (backlog.isEmpty()) {
        idle = true;
        if (backlog.isEmpty() && !closed) {
          LockSupport.park(this);
        }
        idle = false;
      } else {
        serve();
      }
    }
    if (link != null && !backlog.isEmpty()) {
      serve();
    }
    backlog.refuse(faults.closed());
    drop();
  }

  /** Makes the first request fast. */
  private void connectEarly() {
    try {
      connected();
    } catch (RuntimeException notYet) {
      backlog.refuse(notYet);
    }
  }

  private void serve() {
    try {
      var reused = link != null;
      exchange(connected(), backlog.take(), reused && use == Use.PAGES);
    } catch (RuntimeException fault) {
      drop();
      backlog.refuse(fault);
    }
  }

  private Link connected() {
    var current = link;
    if (current != null && isStale(current)) {
      drop();
      current = null;
    }
    if (current == null) {
      current = connect();
      link = current;
      lastUsed = System.nanoTime();
    }
    return current;
  }

  private Link connect() {
    try {
      var opened = connect.get();
      obstacle = null;
      return opened;
    } catch (BackendException fault) {
      obstacle = fault;
      throw fault;
    }
  }

  // A server that went away while nothing was to be done is noticed before a post is sent to it.
  private boolean isStale(Link current) {
    if (use == Use.PAGES || System.nanoTime() - lastUsed < PERHAPS_STALE.toNanos()) {
      return false;
    }
    try {
      current.ask(PING);
      return false;
    } catch (JedisException gone) {
      return true;
    }
  }

  /** Sends what is open and settles it; once more over a new connection where that does no harm. */
  private void exchange(Link current, Deque<Request> open, boolean mayRepeat) {
    try {
      exchange(current, open);
    } catch (JedisException failure) {
      drop();
      if (mayRepeat && !closed && !Faults.isTimeout(failure)) {
        exchangeAgain(open);
        return;
      }
      var fault = closed ? faults.closed() : faults.of(failure, current.address());
      open.forEach(request -> request.lost(fault));
    } catch (RuntimeException bug) {
      drop();
      open.forEach(request -> request.lost(bug));
    }
  }

  private void exchangeAgain(Deque<Request> open) {
    try {
      exchange(connected(), open, false);
    } catch (RuntimeException fault) {
      open.forEach(request -> request.lost(fault));
    }
  }

  private void exchange(Link current, Deque<Request> open) {
    if (open.isEmpty()) {
      return;
    }
    open.forEach(request -> current.send(request.commands()));
    if (lastOfBatch == null) {
      settleEach(current, open);
    } else {
      current.sendCommand(lastOfBatch);
      settleTogether(current, open);
    }
    health.answered();
    lastUsed = System.nanoTime();
    if (demoted) {
      demoted = false;
      drop();
    }
  }

  private void settleEach(Link current, Deque<Request> open) {
    while (!open.isEmpty()) {
      List<@Nullable Object> replies = repliesTo(open.getFirst(), current);
      open.removeFirst().answered(replies);
    }
  }

  private void settleTogether(Link current, Deque<Request> open) {
    var all = new ArrayList<List<@Nullable Object>>(open.size());
    for (var request : open) {
      all.add(repliesTo(request, current));
    }
    var last = current.replies(1).getFirst();
    for (List<@Nullable Object> replies : all) {
      replies.add(last);
      open.removeFirst().answered(replies);
    }
  }

  private List<@Nullable Object> repliesTo(Request request, Link current) {
    var replies = current.replies(request.commands().size());
    demoted |= replies.stream().anyMatch(Lane::isFromReplica);
    return replies;
  }

  // The server has become a replica: the next connection looks for the primary again.
  private static boolean isFromReplica(@Nullable Object reply) {
    return reply instanceof JedisDataException error
        && String.valueOf(error.getMessage()).startsWith("READONLY");
  }

  private void drop() {
    var current = link;
    link = null;
    if (current != null) {
      current.close();
    }
  }

  /** Sends what waits, once more, and then nothing. */
  void end() {
    closed = true;
    LockSupport.unpark(thread);
  }

  /** Waits for the end, for so long at most, and closes the connection. */
  void awaitEnd(Duration atMost) {
    try {
      thread.join(atMost);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  /** Closes the connection whatever is under way. */
  @Override
  public void close() {
    end();
    drop();
  }
}
