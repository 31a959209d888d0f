package dev.parley.adapters.outbound.redis;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

/** The nodes of a cluster, each with some of the slots. */
final class Cluster implements Servers {

  private static final Duration FRESH = Duration.ofMillis(200);
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(50);
  private static final Duration LAST_POSTS = Duration.ofMillis(500);

  private final Connecting connecting;
  private final RedisSettings settings;
  private final Faults faults;
  private final Health health;
  private final AtomicReferenceArray<@Nullable Address> primaries =
      new AtomicReferenceArray<>(Protocol.CLUSTER_HASHSLOTS);
  private final Map<Address, Node> nodes = new ConcurrentHashMap<>();
  private final ReentrantLock asking = new ReentrantLock();
  private volatile long asked = System.nanoTime() - FRESH.toNanos();
  private @Nullable BackendException refusal;
  private volatile boolean closed;

  Cluster(Connecting connecting, RedisSettings settings, Faults faults, Health health) {
    this.connecting = connecting;
    this.settings = settings;
    this.faults = faults;
    this.health = health;
  }

  @Override
  public void start() {
    Thread.ofPlatform().daemon().name("parley-redis-nodes").start(this::askEarly);
  }

  private void askEarly() {
    try {
      askForSlots(deadline());
    } catch (BackendException notYet) {
      health.failed(notYet.getMessage());
    }
  }

  @Override
  public Request.Outcome exchange(Use use, byte[] key, List<CommandArguments> commands) {
    var slot = JedisClusterCRC16.getSlot(key);
    var deadline = deadline();
    while (true) {
      var address = primaryOf(slot, deadline);
      var left = Duration.ofNanos(deadline - System.nanoTime());
      var outcome = nodeAt(address).carryOut(use, new Request(commands), left);
      if (deadline - System.nanoTime() < 0
          || closed
          || !mayBeElsewhere(outcome, slot, address, deadline)) {
        return outcome;
      }
    }
  }

  /** Whether nothing was carried out because the key is, or soon will be, at another node. */
  private boolean mayBeElsewhere(
      Request.Outcome outcome, int slot, Address address, long deadline) {
    return switch (outcome) {
      case Request.Outcome.Answered(var replies) ->
          switch (Redirection.in(replies, address)) {
            case Redirection.Moved(var to) -> {
              primaries.set(slot, to);
              yield true;
            }
            case Redirection.NotNow() -> {
              LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
              askForSlots(deadline);
              yield true;
            }
            case Redirection.None() -> false;
          };
      case Request.Outcome.NotSent(var why) -> {
        askForSlots(deadline);
        yield !address.equals(primaries.get(slot));
      }
      case Request.Outcome.Unknown(var why) -> {
        asked = System.nanoTime() - FRESH.toNanos();
        yield false;
      }
    };
  }

  @Override
  public void send(byte[] key, List<CommandArguments> commands) {
    var address = primaries.get(JedisClusterCRC16.getSlot(key));
    if (address != null) {
      nodeAt(address).send(new Request(commands));
    }
  }

  @Override
  public Link connectFor(byte[] key) {
    // Whoever connects for the live path has lost a connection, perhaps since the slot has moved.
    var deadline = deadline();
    askForSlots(deadline);
    return connecting.toNode(primaryOf(JedisClusterCRC16.getSlot(key), deadline));
  }

  @Override
  public int groupOf(byte[] key) {
    return JedisClusterCRC16.getSlot(key);
  }

  /** Virtual ones, since there may be as many as topics. */
  @Override
  public Thread.Builder liveThreads() {
    return Thread.ofVirtual();
  }

  private long deadline() {
    return System.nanoTime() + settings.timeout().toNanos();
  }

  private Address primaryOf(int slot, long deadline) {
    var known = primaries.get(slot);
    if (known != null) {
      return known;
    }
    askForSlots(deadline);
    var found = primaries.get(slot);
    if (found == null) {
      throw faults.noNodeFor(slot);
    }
    return found;
  }

  private Node nodeAt(Address address) {
    return nodes.computeIfAbsent(
        address,
        where -> {
          var node = new Node(() -> connecting.toNode(where), settings, faults, health);
          node.start();
          return node;
        });
  }

  /** Learns which node has which slot, unless that was asked, or refused, a moment ago. */
  private void askForSlots(long deadline) {
    lockUntil(deadline);
    try {
      if (System.nanoTime() - asked > FRESH.toNanos()) {
        refusal = askAnyNode(deadline);
        asked = System.nanoTime();
      }
      if (refusal != null) {
        throw refusal;
      }
    } finally {
      asking.unlock();
    }
  }

  private void lockUntil(long deadline) {
    try {
      if (!asking.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw faults.tooSlow(settings.url().place());
      }
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      throw faults.tooSlow(settings.url().place());
    }
  }

  /** Gives why none of them answered; null when one has. */
  private @Nullable BackendException askAnyNode(long deadline) {
    BackendException last = null;
    for (var address : knownAddresses()) {
      if (last != null && System.nanoTime() - deadline > 0) {
        return last;
      }
      try (var link = connecting.toAnyNode(address)) {
        var reply = link.ask(new CommandArguments(Command.CLUSTER).add("SLOTS"));
        SlotRange.all(reply, address).forEach(this::assign);
        return null;
      } catch (JedisException failure) {
        last = faults.of(failure, address);
      } catch (BackendException next) {
        last = next;
      }
    }
    return last;
  }

  private Set<Address> knownAddresses() {
    var known = new LinkedHashSet<>(settings.url().addresses());
    known.addAll(nodes.keySet());
    return known;
  }

  private void assign(SlotRange range) {
    for (var slot = range.first(); slot <= range.last(); slot++) {
      primaries.set(slot, range.primary());
    }
  }

  @Override
  public void close() {
    closed = true;
    nodes.values().forEach(Node::end);
    var deadline = System.nanoTime() + LAST_POSTS.toNanos();
    nodes.values().forEach(node -> node.close(Duration.ofNanos(deadline - System.nanoTime())));
  }
}
