package dev.parley.adapters.outbound.redis;

import dev.parley.adapters.outbound.redis.Servers.Use;
import dev.parley.adapters.outbound.support.Health;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** One server that takes writes, with a connection for posts and one for pages. */
final class Node {

  private final Lane posts;
  private final Lane pages;

  Node(Supplier<Link> connect, RedisSettings settings, Faults faults, Health health) {
    posts = new Lane(Use.POSTS, connect, faults, health, confirmation(settings));
    pages = new Lane(Use.PAGES, connect, faults, health, null);
  }

  // One WAIT speaks for all posts of a round trip.
  private static @Nullable CommandArguments confirmation(RedisSettings settings) {
    return settings.waitReplicas() == 0
        ? null
        : new CommandArguments(Command.WAIT)
            .add(settings.waitReplicas())
            .add(settings.timeout().dividedBy(2).toMillis());
  }

  /** Begins to connect. */
  void start() {
    posts.start();
    pages.start();
  }

  /** Carries a request out; waits for so long at most. */
  Request.Outcome carryOut(Use use, Request request, Duration atMost) {
    return (use == Use.POSTS ? posts : pages).carryOut(request, atMost);
  }

  /** Sends a request whose outcome nobody waits for. */
  void send(Request request) {
    posts.send(request);
  }

  /** Takes no more; a page is nothing to wait for. */
  void end() {
    posts.end();
    pages.close();
  }

  /** Waits for the last posts, for so long at most, and closes the connections. */
  void close(Duration atMost) {
    end();
    posts.awaitEnd(atMost);
  }
}
