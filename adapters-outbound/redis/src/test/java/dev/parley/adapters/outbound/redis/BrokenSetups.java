package dev.parley.adapters.outbound.redis;

import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.server.Ports;
import dev.parley.conformance.server.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What can be wrong with a configuration, or with the server it names. */
final class BrokenSetups implements AutoCloseable {

  private static final String SECRET = "a-secret-word";

  private final Program program;
  private final RedisServer healthy;
  private final List<AutoCloseable> closing = new ArrayList<>();
  private List<Misconfiguration> all = List.of();

  BrokenSetups(Program program, RedisServer healthy) {
    this.program = program;
    this.healthy = healthy;
  }

  /** The table; the servers in it start when it is first asked for. */
  List<Misconfiguration> all() {
    if (all.isEmpty()) {
      all = new ArrayList<>(wrongAddresses());
      all.addAll(wrongLogins());
      all.addAll(wrongServers());
    }
    return all;
  }

  private List<Misconfiguration> wrongAddresses() {
    return List.of(
        fault("no such host", "redis://no-such-host.invalid:6379", "cannot be resolved", "url"),
        fault("wrong port", url(Ports.free()), "cannot be reached", "start it"),
        fault("no URL", "127.0.0.1:6379", "redis://HOST:PORT"),
        fault("scheme of another server", "http://127.0.0.1:1", "redis://HOST:PORT", "'http'"),
        fault("something else listens", url(mailServer()), "does not speak", "correct url"),
        fault(
            "TLS where there is none",
            "rediss://127.0.0.1:" + healthy.port(),
            "does not speak TLS",
            "redis instead of rediss"),
        fault("no such database", url(healthy.port()) + "/999", "no database 999", "url"),
        fault(
            "no Sentinel",
            "redis-sentinel://127.0.0.1:%d/main".formatted(Ports.free()),
            "none of the Sentinels",
            "'main'",
            "cannot be reached"),
        fault(
            "blank in the prefix",
            Map.of("url", url(healthy.port()), "key_prefix", "a b"),
            "key_prefix",
            "without blanks"));
  }

  private List<Misconfiguration> wrongLogins() {
    var cli = healthy.cli();
    cli.run("ACL", "SETUSER", "writer", "on", ">" + SECRET, "~*", "+@all");
    cli.run("ACL", "SETUSER", "reader", "on", ">" + SECRET, "~*", "+@all", "-xadd");
    cli.run("ACL", "SETUSER", "stranger", "on", ">" + SECRET, "~elsewhere:*", "+@all");
    var locked = start("--requirepass", SECRET);
    return List.of(
        login("wrong password", "writer", "not-" + SECRET, "refuses the login", "password"),
        login("unknown user", "nobody", SECRET, "refuses the login", "'nobody'", "username"),
        login("may not post", "reader", SECRET, "lacks a permission", "xadd", "ACL SETUSER"),
        login("may not use the keys", "stranger", SECRET, "lacks a permission", "ACL SETUSER"),
        fault("no password", url(locked.port()), "wants a password", "set password"),
        fault(
            "password where there is none",
            Map.of("url", url(healthy.port()), "password", SECRET),
            "no password for the default user",
            "remove password"));
  }

  private List<Misconfiguration> wrongServers() {
    var replica = start("--replicaof", "127.0.0.1 " + healthy.port());
    var node = start(RedisServer.node(program));
    var full = start("--maxmemory", "1");
    healthy.cli().run("SET", "taken:planning", "not a stream");
    return List.of(
        fault("read-only replica", url(replica.port()), "read-only replica", "primary"),
        fault("node of a cluster", url(node.port()), "node of a cluster", "redis-cluster"),
        fault(
            "no cluster",
            "redis-cluster://127.0.0.1:" + healthy.port(),
            "no node of a cluster",
            "redis"),
        fault("cluster without slots", "redis-cluster://127.0.0.1:" + node.port(), "cluster"),
        fault("no memory left", url(full.port()), "used up", "maxmemory"),
        fault(
            "key of another type",
            Map.of("url", url(healthy.port()), "key_prefix", "taken:"),
            "something else than a stream",
            "key_prefix"));
  }

  private RedisServer start(String... options) {
    return start(RedisServer.inMemory(program, options));
  }

  private RedisServer start(RedisServer server) {
    closing.add(server);
    return server.started();
  }

  /** Greets every client, as mail servers do. */
  private int mailServer() {
    try {
      var listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
      closing.add(listening);
      Thread.ofVirtual().start(() -> greet(listening));
      return listening.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void greet(ServerSocket listening) {
    while (!listening.isClosed()) {
      try (Socket client = listening.accept()) {
        client.getOutputStream().write("220 mail\r\n".getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
        var _ = client.getInputStream().read();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private Misconfiguration login(String what, String username, String password, String... words) {
    var config = Map.of("url", url(healthy.port()), "username", username, "password", password);
    return fault(what, config, words);
  }

  private static Misconfiguration fault(String what, String url, String... words) {
    return fault(what, Map.of("url", url), words);
  }

  private static Misconfiguration fault(String what, Map<String, String> config, String... words) {
    var all = new HashMap<>(Map.of("request_timeout_ms", "3000"));
    all.putAll(config);
    return new Misconfiguration(what, all, List.of(words));
  }

  private static String url(int port) {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    for (var each : closing) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
