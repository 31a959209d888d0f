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

  private static final Duration LAST_REQUESTS = Duration.ofMillis(700);

  private final Lane posts;
  private final Lane pages;

  Node(Supplier<Link> connect, RedisSettings settings, Faults faults, Health health) {
    posts = new Lane("posts", connect, faults, health, confirmation(settings));
    pages = new Lane("pages", connect, faults, health, null);
  }

  // One WAIT speaks for all posts of a round trip.
  private static @Nullable CommandArguments confirmation(RedisSettings settings) {
    return settings.waitReplicas() == 0
        ? null
        : new CommandArguments(Command.WAIT)
            .add(settings.waitReplicas())
            .add(settings.timeout().multipliedBy(3).dividedBy(4).toMillis());
  }

  Node start() {
    posts.start();
    pages.start();
    return this;
  }

  void send(Use use, Request request) {
    (use == Use.POSTS ? posts : pages).send(request);
  }

  /** Waits for the last posts for a short while; a page is nothing to wait for. */
  void close() {
    pages.close();
    posts.end();
    posts.awaitEnd(LAST_REQUESTS);
  }
}
