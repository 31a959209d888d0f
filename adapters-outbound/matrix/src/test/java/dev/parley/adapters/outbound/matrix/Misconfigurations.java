package dev.parley.adapters.outbound.matrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.server.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What can be wrong with a configuration, an account or a room. */
final class Misconfigurations implements AutoCloseable {

  private static final byte[] PAGE = "<html>nothing here</html>".getBytes(StandardCharsets.UTF_8);

  private final SynapseServer server;
  private final HttpServer website;

  Misconfigurations(SynapseServer server, Accounts accounts) {
    this.server = server;
    var grace = accounts.grace();
    grace.createRoom(room("closed"));
    var encrypted = grace.createRoom(open("encrypted"));
    grace.setState(
        encrypted, "m.room.encryption", Json.object().put("algorithm", "m.megolm.v1.aes-sha2"));
    var mute = open("mute");
    mute.putObject("power_level_content_override").put("events_default", 50);
    grace.createRoom(mute);
    grace.leave(grace.createRoom(open("left")));
    try {
      var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      website = HttpServer.create(any, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    website.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(404, PAGE.length);
          exchange.getResponseBody().write(PAGE);
          exchange.close();
        });
    website.start();
  }

  private static ObjectNode room(String alias) {
    return Json.object().put("preset", "private_chat").put("room_alias_name", alias);
  }

  private static ObjectNode open(String alias) {
    return room(alias).put("preset", "public_chat");
  }

  List<Misconfiguration> table() {
    var nobody = "127.0.0.1:" + Ports.free();
    return List.of(
        fault(
            "wrong host",
            Map.of("homeserver_url", "http://no-such-host.invalid"),
            "no-such-host.invalid",
            "name cannot be resolved",
            "homeserver_url"),
        fault(
            "wrong port",
            Map.of("homeserver_url", "http://" + nobody),
            nobody,
            "refused",
            "homeserver_url"),
        fault(
            "no homeserver",
            Map.of("homeserver_url", "http://127.0.0.1:" + website.getAddress().getPort()),
            "no Matrix homeserver",
            "homeserver_url"),
        fault(
            "TLS where there is none",
            Map.of("homeserver_url", "https://127.0.0.1:" + server.port()),
            "TLS",
            "homeserver_url"),
        fault("wrong password", Map.of("password", "wr0ng-wr0ng"), "'parley'", "password"),
        fault("no such user", Map.of("user", "nobody-at-all"), "'nobody-at-all'", "user"),
        new Misconfiguration(
            "an expired token",
            Map.of(
                "homeserver_url",
                server.url(),
                "access_token",
                "syt_cGFybGV5_kQzUvYwXaBcDeFgHiJkL_0AbCdE",
                "request_timeout_ms",
                "4000"),
            List.of("does not know the session", "access_token")),
        inRoom("a room that is not there", "#nowhere:parley.test", "no such room", "room_map"),
        inRoom(
            "a room for others only",
            "#closed:parley.test",
            "let @parley:parley.test in",
            "invite"),
        inRoom(
            "a room that everybody has left",
            "#left:parley.test",
            "nobody is in the room #left:parley.test",
            "delete its alias"),
        inRoom("an encrypted room", "#encrypted:parley.test", "is encrypted", "without encryption"),
        inRoom("a room to listen to only", "#mute:parley.test", "may not post", "power level"));
  }

  private Misconfiguration inRoom(String what, String room, String... words) {
    return fault(what, Map.of("room_map", "planning=" + room), words);
  }

  private Misconfiguration fault(String what, Map<String, String> config, String... words) {
    var whole = new TreeMap<String, String>();
    whole.put("homeserver_url", server.url());
    whole.put("user", Accounts.BOT);
    whole.put("password", Accounts.PASSWORD);
    whole.put("request_timeout_ms", "4000");
    whole.putAll(config);
    return new Misconfiguration(what, whole, List.of(words));
  }

  @Override
  public void close() {
    website.stop(0);
  }
}
