package dev.parley.adapters.outbound.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.adapters.outbound.discord.MessageCalls.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The HTTP side of the double: Discord's API v10, as far as Parley calls it. */
final class ApiDouble {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern CHANNEL = Pattern.compile("/channels/(\\d+)");
  private static final Pattern MESSAGES = Pattern.compile("/channels/(\\d+)/messages");
  private static final Pattern HOOKS = Pattern.compile("/channels/(\\d+)/webhooks");
  private static final Pattern HOOK = Pattern.compile("/webhooks/(\\d+)/([^/]+)");
  private static final Pattern GUILD = Pattern.compile("/guilds/(\\d+)");
  private static final Pattern SEARCH = Pattern.compile("/guilds/(\\d+)/members/search");
  private static final Pattern MEMBER = Pattern.compile("/guilds/(\\d+)/members/(\\d+)");

  static {
    // Else each answer waits for the acknowledgement of its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Realm realm;
  private final MessageCalls messages;
  private final Mishaps mishaps;
  private final int port;
  private @Nullable HttpServer server;
  private @Nullable ExecutorService threads;

  ApiDouble(Realm realm, Mishaps mishaps, int port) {
    this.realm = realm;
    this.messages = new MessageCalls(realm);
    this.mishaps = mishaps;
    this.port = port;
  }

  void start() {
    try {
      var started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      var executor = Executors.newVirtualThreadPerTaskExecutor();
      started.setExecutor(executor);
      started.createContext("/", this::handle);
      started.start();
      server = started;
      threads = executor;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void stop() {
    if (server != null && threads != null) {
      server.stop(0);
      threads.shutdownNow();
      server = null;
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath().replaceFirst("^/api/v10", "");
      var route = exchange.getRequestMethod() + " " + path;
      var body = exchange.getRequestBody().readAllBytes();
      var early = mishaps.before(route, exchange.getResponseHeaders());
      var reply = early.isPresent() ? early.get() : answered(exchange, path, body);
      if (early.isEmpty() && !mishaps.after(route)) {
        return;
      }
      var bytes = MAPPER.writeValueAsBytes(reply.body());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("Via", "1.1 google");
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  private Reply answered(HttpExchange exchange, String path, byte[] bytes) throws IOException {
    var body = bytes.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(bytes);
    var method = exchange.getRequestMethod();
    var hook = HOOK.matcher(path);
    if (hook.matches() && method.equals("POST")) {
      return realm
          .webhook(hook.group(1))
          .map(webhook ->
              webhook.token().equals(hook.group(2))
                  ? messages.byWebhook(webhook, body)
                  : Reply.refused(401, Shapes.error(50_027, "Invalid Webhook Token")))
          .orElseGet(() -> Reply.refused(404, Shapes.error(10_015, "Unknown Webhook")));
    }
    var bot = realm.bot(exchange.getRequestHeaders().getFirst("Authorization"));
    return bot.isEmpty()
        ? Reply.refused(401, Shapes.error(0, "401: Unauthorized"))
        : asBot(bot.get(), method, path, exchange.getRequestURI().getRawQuery(), body);
  }

  private Reply asBot(
      Realm.Bot bot, String method, String path, @Nullable String query, JsonNode body) {
    return switch (method + " " + path) {
      case "GET /users/@me" -> Reply.ok(Shapes.self(bot.id, bot.name));
      case "GET /applications/@me" ->
          Reply.ok(Shapes.application(bot.application, bot.name, bot.flags, bot.user()));
      default ->
          onGuild(bot, method, path, query)
              .or(() -> onChannel(bot, method, path, query, body))
              .orElseGet(() -> Reply.refused(404, Shapes.error(0, "404: Not Found")));
    };
  }

  private Optional<Reply> onGuild(
      Realm.Bot bot, String method, String path, @Nullable String query) {
    if (!method.equals("GET")) {
      return Optional.empty();
    }
    return first(
        List.of(
            match(GUILD, path, m -> inGuild(bot, m, guild -> Reply.ok(guild.json()))),
            match(SEARCH, path, m -> inGuild(bot, m, guild -> found(guild, query))),
            match(MEMBER, path, m -> inGuild(bot, m, guild -> member(guild, m.group(2))))));
  }

  private static Reply found(Realm.Guild guild, @Nullable String query) {
    var beginning = MessageCalls.query(query).getOrDefault("query", "");
    return Reply.ofList(
        guild.users().stream()
            .filter(user -> user.get("username").asText().startsWith(beginning))
            .map(Shapes::member)
            .toList());
  }

  private static Reply member(Realm.Guild guild, String id) {
    return guild.users().stream()
        .filter(user -> user.get("id").asText().equals(id))
        .findFirst()
        .map(user -> Reply.ok(Shapes.member(user)))
        .orElseGet(() -> Reply.refused(404, Shapes.error(10_007, "Unknown Member")));
  }

  private Optional<Reply> onChannel(
      Realm.Bot bot, String method, String path, @Nullable String query, JsonNode body) {
    return method.equals("GET")
        ? first(
            List.of(
                match(CHANNEL, path, m -> visible(bot, m, channel -> Reply.ok(channel.json()))),
                match(
                    MESSAGES, path, m -> visible(bot, m, channel -> history(bot, channel, query))),
                match(HOOKS, path, m -> manageable(bot, m, ApiDouble::webhooks))))
        : first(
            List.of(
                match(MESSAGES, path, m -> visible(bot, m, c -> messages.asBot(bot, c, body))),
                match(HOOKS, path, m -> manageable(bot, m, c -> newWebhook(bot, c, body)))));
  }

  private static Reply history(Realm.Bot bot, GuildChannel channel, @Nullable String query) {
    if (!channel.allows(Permissions.READ_HISTORY)) {
      return Reply.ofList(List.of());
    }
    var asked = MessageCalls.query(query);
    var limit = Integer.parseInt(asked.getOrDefault("limit", "50"));
    if (limit < 1 || limit > 100) {
      return Reply.refused(
          400,
          Shapes.invalidForm(
              "limit", "NUMBER_TYPE_MAX", "int value should be less than or equal to 100."));
    }
    return Reply.ofList(
        channel.page(asked).stream().map(message -> Realm.seenBy(bot, message)).toList());
  }

  private static Reply webhooks(GuildChannel channel) {
    return Reply.ofList(channel.webhooks.stream().map(channel::json).toList());
  }

  private Reply newWebhook(Realm.Bot bot, GuildChannel channel, JsonNode body) {
    if (channel.webhooks.size() >= 15) {
      return Reply.refused(400, Shapes.error(30_007, "Maximum number of webhooks reached (15)"));
    }
    var webhook =
        new GuildChannel.Webhook(
            realm.newId(),
            body.path("name").asText(),
            UUID.randomUUID().toString(),
            bot.application,
            channel);
    channel.webhooks.add(webhook);
    return Reply.ok(channel.json(webhook));
  }

  private Reply inGuild(Realm.Bot bot, Matcher path, Function<Realm.Guild, Reply> action) {
    return realm
        .guild(path.group(1))
        .filter(guild -> guild.bots.contains(bot))
        .map(action)
        .orElseGet(() -> Reply.refused(404, Shapes.error(10_004, "Unknown Guild")));
  }

  private Reply visible(Realm.Bot bot, Matcher path, Function<GuildChannel, Reply> action) {
    var channel = realm.channel(path.group(1));
    if (channel.isEmpty()) {
      return Reply.refused(404, Shapes.error(10_003, "Unknown Channel"));
    }
    return channel.get().guild.bots.contains(bot) && channel.get().allows(Permissions.VIEW_CHANNEL)
        ? action.apply(channel.get())
        : Reply.refused(403, Shapes.error(50_001, "Missing Access"));
  }

  private Reply manageable(Realm.Bot bot, Matcher path, Function<GuildChannel, Reply> action) {
    return visible(
        bot,
        path,
        channel ->
            channel.allows(Permissions.MANAGE_WEBHOOKS)
                ? action.apply(channel)
                : Reply.refused(403, Shapes.error(50_013, "Missing Permissions")));
  }

  private static Optional<Reply> match(
      Pattern pattern, String path, Function<Matcher, Reply> action) {
    var matcher = pattern.matcher(path);
    return matcher.matches() ? Optional.of(action.apply(matcher)) : Optional.empty();
  }

  private static Optional<Reply> first(List<Optional<Reply>> replies) {
    return replies.stream().flatMap(Optional::stream).findFirst();
  }
}
