package dev.parley.adapters.outbound.nats;

import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.server.Ports;
import dev.parley.conformance.server.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What can be wrong with a configuration or its server, with the servers that are wrong. */
final class Misconfigurations implements AutoCloseable {

  private static final String ACCOUNTS =
      """
      accounts {
        TOPICS: {
          jetstream: enabled
          users: [
            {user: alice, password: "s3cret"}
            {user: reader, password: "s3cret", permissions: {publish: {deny: ["$JS.API.>"]}}}
            {user: mute, password: "s3cret", permissions: {publish: {deny: ["parley.>"]}}}
            {user: deaf, password: "s3cret", permissions: {subscribe: {deny: [">"]}}}
          ]
        }
        PLAIN: {users: [{user: plain, password: "s3cret"}]}
      }
      """;

  private final NatsServer accounts;
  private final NatsServer withoutJetStream;
  private final NatsServer open;

  Misconfigurations(Program program) {
    accounts = NatsServer.configured(program, ACCOUNTS).started();
    withoutJetStream = NatsServer.with(program).started();
    open = NatsServer.withJetStream(program).started();
    try (var bridge = new ForeignBridge(open.connection())) {
      bridge.createStream("EVERYTHING", "taken.>");
    }
  }

  List<Misconfiguration> table() {
    var nobody = "127.0.0.1:" + Ports.free();
    return List.of(
        fault(
            "wrong host",
            "nats://no-such-host.invalid:4222",
            Map.of(),
            "no-such-host.invalid",
            "cannot be found",
            "servers"),
        fault("wrong port", "nats://" + nobody, Map.of(), nobody, "start it", "servers"),
        fault(
            "not a NATS server",
            "nats://127.0.0.1:" + open.monitorPort(),
            Map.of(),
            "a NATS server",
            "port"),
        fault("no credentials", accounts.url(), Map.of(), "without credentials", "user"),
        fault("wrong password", accounts.url(), user("alice", "wr0ng"), "user 'alice'", "check"),
        fault("wrong token", accounts.url(), Map.of("token", "t0ken-t0ken"), "token", "check"),
        fault(
            "no permission for JetStream",
            accounts.url(),
            user("reader", "s3cret"),
            "permission",
            "$JS.API.",
            "grant"),
        fault(
            "no permission to post",
            accounts.url(),
            user("mute", "s3cret"),
            "permission",
            "parley.planning",
            "grant"),
        fault(
            "no permission to hear answers",
            accounts.url(),
            user("deaf", "s3cret"),
            "permission",
            "_INBOX",
            "grant"),
        fault(
            "no JetStream for the account",
            accounts.url(),
            user("plain", "s3cret"),
            "no JetStream",
            "account"),
        fault("no JetStream", withoutJetStream.url(), Map.of(), "no JetStream", "-js"),
        fault("TLS where there is none", open.url(), Map.of("tls", "true"), "no TLS", "tls"),
        fault("replicas without a cluster", open.url(), Map.of("replicas", "3"), "replicas"),
        fault(
            "a subject that is taken",
            open.url(),
            Map.of("subject_prefix", "taken"),
            "subject_prefix"));
  }

  private static Map<String, String> user(String user, String password) {
    return Map.of("user", user, "password", password);
  }

  private static Misconfiguration fault(
      String what, String server, Map<String, String> config, String... words) {
    var whole = new TreeMap<>(config);
    whole.put("servers", server);
    whole.put("request_timeout_ms", "4000");
    return new Misconfiguration(what, whole, new ArrayList<>(List.of(words)));
  }

  @Override
  public void close() {
    accounts.close();
    withoutJetStream.close();
    open.close();
  }
}
