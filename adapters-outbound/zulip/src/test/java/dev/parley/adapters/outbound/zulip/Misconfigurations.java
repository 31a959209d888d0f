package dev.parley.adapters.outbound.zulip;

import com.sun.net.httpserver.HttpServer;
import dev.parley.adapters.outbound.zulip.realm.Account;
import dev.parley.adapters.outbound.zulip.realm.ZulipDouble;
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

/** What can be wrong with a configuration or its server, with the servers that are wrong. */
final class Misconfigurations implements AutoCloseable {

  private final ZulipDouble server = new ZulipDouble().started();
  private final Account bot = server.realm().bot("Parley");
  private final Account webhook = server.realm().incomingWebhook();
  private final HttpServer noZulip = page(200, "");
  private final HttpServer redirect = page(301, "https://chat.example.org/api/v1/");

  Misconfigurations() {
    server.realm().channel("agents", bot, webhook);
    server.realm().channel("elsewhere");
    server.realm().channel("announce", bot).readOnly();
  }

  private static HttpServer page(int status, String location) {
    try {
      var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      http.createContext(
          "/",
          exchange -> {
            try (exchange) {
              if (!location.isEmpty()) {
                exchange.getResponseHeaders().set("Location", location);
              }
              var bytes = "<html>welcome</html>".getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(status, bytes.length);
              exchange.getResponseBody().write(bytes);
            }
          });
      http.start();
      return http;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String url(HttpServer http) {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  List<Misconfiguration> table() {
    var nobody = "127.0.0.1:" + Ports.free();
    return List.of(
        fault(
            "wrong host",
            Map.of("site_url", "https://no-such-host.invalid"),
            "no-such-host.invalid",
            "site_url"),
        fault("wrong port", Map.of("site_url", "http://" + nobody), nobody, "refused", "site_url"),
        fault("no Zulip", Map.of("site_url", url(noZulip)), "is not Zulip", "site_url"),
        fault(
            "a path",
            Map.of("site_url", server.url() + "/login"),
            "is not Zulip",
            "without a path"),
        fault(
            "an address that has moved",
            Map.of("site_url", url(redirect)),
            "chat.example.org",
            "site_url"),
        fault("no address", Map.of("site_url", "chat"), "site_url", "https://"),
        fault(
            "TLS where there is none",
            Map.of("site_url", server.url().replace("http:", "https:")),
            server.url().replace("http:", "https:"),
            "site_url"),
        fault("wrong key", Map.of("api_key", "wr0ng-wr0ng-wr0ng"), "API key", bot.email(), "check"),
        fault("wrong email", Map.of("email", "nobody-bot@double.example"), "API key", "email"),
        fault(
            "an incoming webhook",
            Map.of("email", webhook.email(), "api_key", webhook.apiKey()),
            "incoming webhook",
            "Generic bot"),
        fault("no channel", Map.of("stream", "agent"), "no channel 'agent'", "stream"),
        fault(
            "not subscribed",
            Map.of("stream", "elsewhere"),
            "not subscribed",
            "elsewhere",
            "Subscribers"),
        fault("may not post", Map.of("stream", "announce"), "may not post", "announce", "allow it"),
        fault(
            "one Zulip topic twice",
            Map.of("topic_map", "a=Planning\nb=planning"),
            "topic_map",
            "'a'",
            "'b'"));
  }

  private Misconfiguration fault(String what, Map<String, String> config, String... words) {
    var whole = new TreeMap<String, String>();
    whole.put("site_url", server.url());
    whole.put("email", bot.email());
    whole.put("api_key", bot.apiKey());
    whole.put("stream", "agents");
    whole.put("request_timeout_ms", "4000");
    whole.putAll(config);
    return new Misconfiguration(what, whole, List.of(words));
  }

  @Override
  public void close() {
    noZulip.stop(0);
    redirect.stop(0);
    server.close();
  }
}
