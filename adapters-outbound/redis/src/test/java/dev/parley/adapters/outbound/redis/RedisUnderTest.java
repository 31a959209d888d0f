package dev.parley.adapters.outbound.redis;

import dev.parley.conformance.BackendUnderTest;
import dev.parley.conformance.ExistingStore;
import dev.parley.conformance.ExistingStore.Entry;
import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.Outage;
import dev.parley.conformance.Server;
import dev.parley.conformance.Store;
import dev.parley.conformance.fault.TcpProxy;
import dev.parley.conformance.server.Program;
import dev.parley.conformance.server.ServerOutages;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.BackendPlugin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** The Redis backend as the suite tests it: one server behind a proxy, each store a key prefix. */
final class RedisUnderTest implements BackendUnderTest {

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);
  private static final Pattern VERSION =
      Pattern.compile("(?:(valkey)_version|redis_version):(\\S+)");

  private final RedisPlugin plugin = new RedisPlugin();
  private final RedisServer server;
  private final TcpProxy proxy;
  private final AtomicInteger stores = new AtomicInteger();
  private final BrokenSetups broken;

  RedisUnderTest(Program program) {
    server = RedisServer.durable(program).started();
    proxy = new TcpProxy(server.port());
    broken = new BrokenSetups(program, server);
  }

  @Override
  public BackendPlugin plugin() {
    return plugin;
  }

  @Override
  public Server server() {
    var info = VERSION.matcher(server.cli().run("INFO", "server"));
    var product = "Redis";
    var version = "unknown";
    while (info.find()) {
      product = info.group(1) == null ? product : "Valkey";
      version = info.group(2);
    }
    return Server.real(product + " " + version.split("\\.", 2)[0], version);
  }

  @Override
  public Store newStore() {
    var prefix = "store-%d:".formatted(stores.incrementAndGet());
    return new RedisStore(server.cli(), prefix, configOf(proxy.port(), prefix));
  }

  static Map<String, String> configOf(int port, String prefix) {
    return Map.of(
        "url",
        "redis://127.0.0.1:" + port,
        "key_prefix",
        prefix,
        "request_timeout_ms",
        Long.toString(REQUEST_TIMEOUT.toMillis()));
  }

  @Override
  public Optional<ExistingStore> existingStore() {
    var prefix = "existing-%d:".formatted(stores.incrementAndGet());
    var topic = new TopicName("planning");
    var add = RedisCli.line("XADD", prefix + topic);
    server
        .cli()
        .type(
            add
                + "1700000000000-0 sender alice content first ts 2023-11-14T22:13:20.000Z"
                + " in_reply_to \"\"\n"
                + RedisCli.line("XADD", prefix + "other")
                + "* sender alice content elsewhere ts 2023-11-14T22:13:21.000Z in_reply_to \"\"\n"
                + add
                + "1700000000000-1 sender bob content \"\\xff\\x00\" ts never in_reply_to"
                + " 1700000000000-0\n"
                + add
                + "1700000000000-2 sender eve\n"
                + add
                + "1700000000000-3 content \"nobody said so\"\n"
                + add
                + "1700000000005-7 sender bob content second ts 2023-11-14T22:13:20.005Z"
                + " in_reply_to 1700000000000-0");
    return Optional.of(
        new ExistingStore(
            new RedisStore(server.cli(), prefix, configOf(proxy.port(), prefix)),
            topic,
            List.of(
                new Entry("alice", "first"),
                new Entry("bob", "\ufffd\0"),
                new Entry("eve", null),
                new Entry("unknown", "nobody said so"),
                new Entry("bob", "second"))));
  }

  @Override
  public List<Misconfiguration> misconfigurations() {
    return broken.all();
  }

  @Override
  public Optional<Outage> outage(Outage.Kind kind, Store store) {
    return Optional.of(new ServerOutages(server, proxy, REQUEST_TIMEOUT).of(kind));
  }

  @Override
  public Set<String> libraryThreads() {
    return Set.of();
  }

  @Override
  public void close() {
    broken.close();
    proxy.close();
    server.close();
  }
}
