package dev.parley.adapters.outbound.redis;

import dev.parley.adapters.outbound.support.Health;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.CommandArguments;

/** One server for everything: the one that the url names, or the primary that Sentinels name. */
final class OnePrimary implements Servers {

  private static final Duration LAST_POSTS = Duration.ofMillis(500);

  private final Connecting connecting;
  private final RedisSettings settings;
  private final Node node;

  OnePrimary(Connecting connecting, RedisSettings settings, Faults faults, Health health) {
    this.connecting = connecting;
    this.settings = settings;
    this.node = new Node(connecting::toPrimary, settings, faults, health);
  }

  @Override
  public void start() {
    node.start();
  }

  @Override
  public Request.Outcome exchange(Use use, byte[] key, List<CommandArguments> commands) {
    return node.carryOut(use, new Request(commands), settings.timeout());
  }

  @Override
  public void send(byte[] key, List<CommandArguments> commands) {
    node.send(new Request(commands));
  }

  @Override
  public Link connectFor(byte[] key) {
    return connecting.toPrimary();
  }

  @Override
  public int groupOf(byte[] key) {
    return -1;
  }

  /** A platform thread: the driver's classes, which it loads first, would hold a virtual one's. */
  @Override
  public Thread.Builder liveThreads() {
    return Thread.ofPlatform().daemon();
  }

  @Override
  public void close() {
    node.close(LAST_POSTS);
  }
}
