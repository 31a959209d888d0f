package dev.parley.adapters.outbound.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.conformance.server.Ports;
import dev.parley.conformance.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A double of the Bot API over HTTP. Where the published description is at hand, every call and
 * every answer is held against it; what does not fit is a violation, by the client or by the
 * double.
 */
final class BotApiDouble implements TestServer {

  /** What it is a double of. */
  static final String VERSION = "Bot API 10.1";

  private static final Pattern PATH = Pattern.compile("/bot([^/]+)/([A-Za-z]+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  static {
    // Otherwise the JDK's server answers 40 ms late on connections that are used again.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Optional<ApiDescription> description = ApiDescription.published();
  private final Telegram telegram = new Telegram();
  private final int port = Ports.free();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final Map<String, Queue<Mishap>> mishaps = new ConcurrentHashMap<>();
  private final Map<String, Integer> calls = new ConcurrentHashMap<>();
  private volatile boolean checksAnswers = true;
  private @Nullable HttpServer http;
  private @Nullable ExecutorService threads;

  /** What is behind it. */
  Telegram telegram() {
    return telegram;
  }

  /** Has the next call of a method go wrong. */
  void next(BotAccount bot, String method, Mishap mishap) {
    mishaps.computeIfAbsent(key(bot, method), _ -> new ConcurrentLinkedQueue<>()).add(mishap);
  }

  private static String key(BotAccount bot, String method) {
    return bot.token + "/" + method.toLowerCase(Locale.ROOT);
  }

  /** How many calls of a method a bot has made. */
  int calls(BotAccount bot, String method) {
    return calls.getOrDefault(key(bot, method), 0);
  }

  /** What did not fit the description so far; each is told once. */
  List<String> takeViolations() {
    var taken = List.copyOf(violations);
    violations.removeAll(taken);
    return taken;
  }

  /** Lets the double answer what today's description does not know, as a later version will. */
  void answersOfLaterVersions() {
    checksAnswers = false;
  }

  void answersOfThisVersion() {
    checksAnswers = true;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public synchronized void start() {
    try {
      telegram.bots().forEach(bot -> bot.updates.open(true));
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      threads = Executors.newVirtualThreadPerTaskExecutor();
      http.setExecutor(threads);
      http.createContext("/", this::serve);
      http.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void stop() {
    if (http != null && threads != null) {
      http.stop(0);
      telegram.bots().forEach(bot -> bot.updates.open(false));
      threads.shutdownNow();
      http = null;
    }
  }

  /** What Telegram has is kept, so that to a client this is the same as stopping. */
  @Override
  public void kill() {
    stop();
  }

  @Override
  public void close() {
    stop();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = PATH.matcher(exchange.getRequestURI().getPath());
      var given = exchange.getRequestBody().readAllBytes();
      if (!path.matches()) {
        answer(exchange, error(new ApiError(404, "Not Found")), 404);
        return;
      }
      var method = path.group(2);
      try {
        var bot = telegram.botOf(path.group(1));
        if (bot.isEmpty()) {
          throw new ApiError(401, "Unauthorized");
        }
        calls.merge(key(bot.get(), method), 1, Integer::sum);
        var result =
            call(
                bot.get(),
                method,
                JSON.readTree(given.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : given));
        var body = JsonNodeFactory.instance.objectNode().put("ok", true);
        body.set("result", result);
        answer(exchange, body, 200);
      } catch (ApiError refusal) {
        answer(exchange, error(refusal), refusal.code());
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private JsonNode call(BotAccount bot, String method, JsonNode given) throws InterruptedException {
    description.ifPresent(known -> note(known.violationsOfCall(method, given), "call"));
    var waiting = mishaps.get(key(bot, method));
    var mishap = waiting == null ? null : waiting.poll();
    if (mishap != null) {
      mishap.before();
    }
    var result = new BotApiMethods(telegram, bot).call(method, given);
    if (checksAnswers) {
      description.ifPresent(known -> note(known.violationsOfResult(method, result), "answer"));
    }
    if (mishap != null) {
      mishap.after();
    }
    return result;
  }

  private void note(List<String> found, String by) {
    found.forEach(violation -> violations.add(by + ": " + violation));
  }

  private static ObjectNode error(ApiError refusal) {
    var body = JsonNodeFactory.instance.objectNode();
    body.put("ok", false)
        .put("error_code", refusal.code())
        .put("description", refusal.getMessage());
    if (refusal.retryAfter() != null) {
      body.putObject("parameters").put("retry_after", refusal.retryAfter());
    }
    if (refusal.movedTo() != null) {
      body.putObject("parameters").put("migrate_to_chat_id", refusal.movedTo());
    }
    return body;
  }

  private static void answer(HttpExchange exchange, ObjectNode body, int status)
      throws IOException {
    var bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
