package dev.parley.adapters.outbound.redis;

import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Trims the topics that this process uses, each when it is first used and then every hour. The
 * newest entry of a stream is always kept, so that who has read a topic to its end finds that place
 * again however long nothing is said there.
 */
final class Retention implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration BETWEEN_PASSES = Duration.ofHours(1);
  private static final Duration BETWEEN_STEPS = Duration.ofMillis(20);

  // By the server's clock, which gave the ids. A step trims so many entries at most, in whole
  // nodes of the stream; the last one trims what is left of a node.
  private static final byte[] STEP =
      """
      local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
      if not newest[1] then return 0 end
      local now = redis.call('TIME')
      local cut = string.format('%.0f-0', now[1] * 1000 - ARGV[1])
      local newer = redis.call('XRANGE', KEYS[1], cut, '+', 'COUNT', 1)
      if not newer[1] then cut = newest[1][1] end
      local gone = redis.call('XTRIM', KEYS[1], 'MINID', '~', cut, 'LIMIT', 2000)
      if gone > 0 then return gone end
      redis.call('XTRIM', KEYS[1], 'MINID', cut)
      return 0
      """
          .getBytes(StandardCharsets.US_ASCII);

  private final Servers servers;
  private final StreamKeys keys;
  private final @Nullable Duration keep;
  private final Map<TopicName, Long> due = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  Retention(Servers servers, StreamKeys keys, @Nullable Duration keep) {
    this.servers = servers;
    this.keys = keys;
    this.keep = keep;
    this.thread = Thread.ofVirtual().name("parley-redis-retention").unstarted(this::work);
  }

  void start() {
    if (keep != null) {
      thread.start();
    }
  }

  /** Somebody uses a topic. */
  void uses(TopicName topic) {
    if (keep != null && due.putIfAbsent(topic, System.nanoTime()) == null) {
      LockSupport.unpark(thread);
    }
  }

  private void work() {
    while (!closed) {
      var now = System.nanoTime();
      due.forEach((topic, when) -> {
        if (!closed && when - now <= 0) {
          trim(topic);
          due.put(topic, System.nanoTime() + BETWEEN_PASSES.toNanos());
        }
      });
      var next =
          due.values().stream()
              .mapToLong(when -> when - System.nanoTime())
              .min()
              .orElse(BETWEEN_PASSES.toNanos());
      if (!closed && next > 0) {
        LockSupport.parkNanos(this, next);
      }
    }
  }

  private void trim(TopicName topic) {
    var stream = keys.streamOf(topic);
    var seconds = keep == null ? Long.MAX_VALUE : keep.toSeconds();
    try {
      while (!closed && step(stream, seconds) > 0) {
        LockSupport.parkNanos(BETWEEN_STEPS.toNanos());
      }
    } catch (BackendException notNow) {
      LOG.debug("{} is not trimmed this time", topic, notNow);
    }
  }

  private long step(byte[] stream, long seconds) {
    var reply =
        servers
            .read(
                stream,
                List.of(
                    new CommandArguments(Command.EVAL)
                        .add(STEP)
                        .add(1)
                        .add(stream)
                        .add(seconds * 1_000)))
            .getFirst();
    if (reply instanceof JedisDataException refusal) {
      LOG.warn("retention_days cannot be kept: {}", refusal.getMessage());
    }
    return reply instanceof Long gone ? gone : 0;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
