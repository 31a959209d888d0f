package dev.parley.adapters.outbound.zulip.realm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.conformance.server.Ports;
import dev.parley.conformance.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The double as a server on the loopback address. It can be ended and started; its data stay. */
public final class ZulipDouble implements TestServer {

  /** What it says of itself; it behaves as this version where Parley looks. */
  public static final String VERSION = "10.4";

  private static final String PREFIX = "/api/v1";

  static {
    // Without it each answer waits for the acknowledgement of its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final int port = Ports.free();
  private final Realm realm;
  private final Troubles troubles = new Troubles();
  private final Endpoints endpoints;
  private Optional<HttpServer> server = Optional.empty();
  private Optional<ExecutorService> threads = Optional.empty();

  public ZulipDouble() {
    this(10_000);
  }

  /** A server whose messages have so many characters at most. */
  public ZulipDouble(int longest) {
    realm = new Realm(longest);
    endpoints = new Endpoints(realm, "https://double.example", troubles);
  }

  public ZulipDouble started() {
    start();
    return this;
  }

  public Realm realm() {
    return realm;
  }

  public Troubles troubles() {
    return troubles;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void start() {
    try {
      var http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      var executor = Executors.newVirtualThreadPerTaskExecutor();
      http.setExecutor(executor);
      http.createContext("/", this::serve);
      http.start();
      server = Optional.of(http);
      threads = Optional.of(executor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as a restart of Zulip does, which keeps the event queues. */
  @Override
  public void stop() {
    server.ifPresent(http -> http.stop(0));
    threads.ifPresent(ExecutorService::shutdownNow);
    server = Optional.empty();
  }

  /** Ends it as a crash does: the event queues are gone. */
  @Override
  public void kill() {
    stop();
    realm.discardQueues();
  }

  @Override
  public void close() {
    kill();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var call = call(exchange);
      var trouble = troubles.next(call);
      if (trouble.isEmpty()) {
        reply(exchange, answer(call, exchange));
        return;
      }
      var own = trouble.get().done() ? answer(call, exchange) : null;
      Thread.sleep(trouble.get().pause());
      var given = trouble.get().late() ? own : trouble.get().answer();
      if (given != null) {
        reply(exchange, given);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static Call call(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    var path = uri.getPath();
    var parameters = new HashMap<String, String>();
    if (uri.getRawQuery() != null) {
      parameters.putAll(Call.form(uri.getRawQuery()));
    }
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    parameters.putAll(Call.form(body));
    return new Call(
        exchange.getRequestMethod(),
        path.startsWith(PREFIX) ? path.substring(PREFIX.length()) : path,
        Map.copyOf(parameters));
  }

  private Answer answer(Call call, HttpExchange exchange) throws InterruptedException {
    if (call.is("GET", "/server_settings")) {
      return endpoints.serverSettings();
    }
    var header = exchange.getRequestHeaders().getFirst("Authorization");
    var caller = Optional.ofNullable(header).flatMap(this::authenticated);
    return caller.isPresent()
        ? endpoints.answer(call, caller.get())
        : Answer.error(401, "INVALID_API_KEY", "Invalid API key");
  }

  private Optional<Account> authenticated(String header) {
    var decoded =
        new String(
            Base64.getDecoder().decode(header.substring("Basic ".length())),
            StandardCharsets.UTF_8);
    var colon = decoded.lastIndexOf(':');
    return realm
        .account(decoded.substring(0, colon))
        .filter(account -> account.apiKey().equals(decoded.substring(colon + 1)));
  }

  private static void reply(HttpExchange exchange, Answer answer) throws IOException {
    var bytes = Shapes.JSON.writeValueAsBytes(answer.body());
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("X-RateLimit-Limit", "200");
    exchange.getResponseHeaders().set("X-RateLimit-Remaining", "199");
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
