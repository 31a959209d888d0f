package dev.parley.adapters.outbound.nats;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One running server of each version for all tests of this JVM, and prefixes that are free. */
enum SharedServers {
  NATS_2_9,
  NATS_2_15;

  private static final Map<SharedServers, NatsServer> RUNNING = new ConcurrentHashMap<>();
  private static final AtomicInteger PREFIXES = new AtomicInteger();

  NatsServer server() {
    return RUNNING.computeIfAbsent(this, SharedServers::start);
  }

  private NatsServer start() {
    var program = this == NATS_2_9 ? NatsServer.old() : NatsServer.current();
    var server = NatsServer.withJetStream(program).started();
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    return server;
  }

  /** A prefix that no other test uses. */
  static String newPrefix() {
    return "T" + PREFIXES.incrementAndGet();
  }
}
