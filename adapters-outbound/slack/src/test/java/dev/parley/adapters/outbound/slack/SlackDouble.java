package dev.parley.adapters.outbound.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.adapters.outbound.slack.DoubleMethods.Refused;
import dev.parley.conformance.fault.TcpProxy;
import dev.parley.conformance.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A double of Slack: its Web API and Socket Mode, each reached through a proxy. It answers as
 * Slack's documentation says; it is not Slack.
 */
final class SlackDouble implements TestServer {

  static {
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Map<String, Workspace> byBotToken = new ConcurrentHashMap<>();
  private final Map<String, Workspace> byAppToken = new ConcurrentHashMap<>();
  private final DoubleSockets sockets = new DoubleSockets();
  private final DoubleTrouble trouble = new DoubleTrouble();
  private final TcpProxy apiProxy = new TcpProxy(1);
  private final TcpProxy socketProxy = new TcpProxy(1);
  private @Nullable HttpServer http;
  private @Nullable ExecutorService threads;

  /** A new workspace with an app in it. */
  Workspace newWorkspace() {
    var workspace = new Workspace(this);
    byBotToken.put(workspace.botToken(), workspace);
    byAppToken.put(workspace.appToken(), workspace);
    return workspace;
  }

  DoubleSockets sockets() {
    return sockets;
  }

  DoubleTrouble trouble() {
    return trouble;
  }

  TcpProxy apiProxy() {
    return apiProxy;
  }

  TcpProxy socketProxy() {
    return socketProxy;
  }

  /** Where clients find the Web API. */
  String url() {
    return "http://127.0.0.1:" + apiProxy.port() + "/api";
  }

  SlackDouble started() {
    start();
    return this;
  }

  @Override
  public int port() {
    return apiProxy.port();
  }

  @Override
  public void start() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var executor = Executors.newVirtualThreadPerTaskExecutor();
      server.setExecutor(executor);
      server.createContext("/api/", this::serve);
      server.start();
      http = server;
      threads = executor;
      apiProxy.target(server.getAddress().getPort());
      socketProxy.target(sockets.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (http != null) {
      http.stop(0);
    }
    if (threads != null) {
      threads.shutdownNow();
    }
    sockets.stop();
  }

  /** What was posted is kept: Slack's own outages lose nothing either. */
  @Override
  public void kill() {
    stop();
  }

  @Override
  public void close() {
    stop();
    apiProxy.close();
    socketProxy.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var method = exchange.getRequestURI().getPath().substring("/api/".length());
      var parameters = parameters(exchange);
      if (trouble.meets(exchange, method)) {
        return;
      }
      var answer = answer(exchange, method, parameters);
      if (trouble.swallowsAnswer(method)) {
        return;
      }
      write(exchange, 200, answer);
    }
  }

  private ObjectNode answer(HttpExchange exchange, String method, Map<String, String> parameters) {
    var token = bearer(exchange);
    try {
      if (method.equals("apps.connections.open")) {
        var workspace = byAppToken.get(token);
        if (workspace == null) {
          throw new Refused(
              byBotToken.containsKey(token) ? "not_allowed_token_type" : "invalid_auth");
        }
        return methods(workspace).open();
      }
      var workspace = byBotToken.get(token);
      if (workspace == null) {
        throw new Refused(
            byAppToken.containsKey(token) ? "not_allowed_token_type" : "invalid_auth");
      }
      exchange.getResponseHeaders().set("X-OAuth-Scopes", String.join(",", workspace.scopes()));
      return methods(workspace).answer(method, parameters);
    } catch (Refused refused) {
      var words = String.valueOf(refused.getMessage()).split(" ", 2);
      var answer = Workspace.message().put("ok", false).put("error", words[0]);
      return words.length > 1 ? answer.put("needed", words[1]) : answer;
    }
  }

  private DoubleMethods methods(Workspace workspace) {
    return new DoubleMethods(this, workspace, "ws://127.0.0.1:" + socketProxy.port());
  }

  private static String bearer(HttpExchange exchange) {
    return exchange
        .getRequestHeaders()
        .getOrDefault("Authorization", List.of(""))
        .getFirst()
        .replaceFirst("^Bearer ", "");
  }

  private static Map<String, String> parameters(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var parameters = new HashMap<String, String>();
    for (var pair : body.split("&", -1)) {
      var parts = pair.split("=", 2);
      if (parts.length == 2 && !parts[1].isEmpty()) {
        parameters.put(
            URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
            URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  static void write(HttpExchange exchange, int status, ObjectNode answer) throws IOException {
    var bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
