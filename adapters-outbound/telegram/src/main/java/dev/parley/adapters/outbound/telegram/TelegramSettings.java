package dev.parley.adapters.outbound.telegram;

import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.NoSuchTopic;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.TelegramUrl;

/**
 * The checked settings of one bot.
 *
 * @param token the bot's token, never shown
 * @param chats the chat id of each mapped topic
 * @param store the file of what was observed, absolute
 * @param ownPlace whether the store is at its default place, whose folder Parley may create
 * @param pollTimeout how long Telegram holds a request for updates while there are none
 * @param retention how long the store keeps messages; null for ever
 * @param timeout how long one operation may take
 */
record TelegramSettings(
    String token,
    Map<String, Long> chats,
    Path store,
    boolean ownPlace,
    Duration pollTimeout,
    TelegramUrl url,
    @Nullable Duration retention,
    Duration timeout) {

  private static final String DEFAULT_PLACE = ".local/share/parley/telegram.db";
  private static final int NAMED_IN_ERRORS = 20;
  private static final Pattern TOKEN = Pattern.compile("([0-9]{1,18}):[A-Za-z0-9_-]{1,128}");
  private static final Pattern CHAT = Pattern.compile("-?[1-9][0-9]{0,17}");

  private static final Setting TOKEN_SETTING =
      Setting.required("token", new Setting.Text(), "the bot's token, from @BotFather").asSecret();
  private static final Setting CHAT_MAP =
      Setting.required(
          "chat_map",
          new Setting.TextMap(),
          "which topic is in which chat: topic to chat id, such as -1001234567890");
  private static final Setting STORE_PATH =
      Setting.optional(
          "store_path",
          new Setting.FilePath(),
          "~/" + DEFAULT_PLACE,
          "the file of what the bot has observed; every session with this token names the same"
              + " one");
  private static final Setting POLL_TIMEOUT =
      Setting.optional(
          "poll_timeout_s",
          new Setting.WholeNumber(1, 50),
          "30",
          "how long Telegram holds a request for updates while there are none, in seconds");
  private static final Setting API_URL =
      Setting.optional(
              "api_url",
              new Setting.Url(),
              "https://api.telegram.org",
              "where the Bot API is, for a Bot API server of your own")
          .asSecret();
  private static final Setting RETENTION_DAYS =
      Setting.optional(
          "retention_days",
          new Setting.WholeNumber(1, 36_500),
          null,
          "delete messages older than this many days from the store; without it they are kept for"
              + " ever");

  /** Every key of this backend. */
  static final List<Setting> ALL =
      List.of(
          TOKEN_SETTING,
          CHAT_MAP,
          STORE_PATH,
          POLL_TIMEOUT,
          API_URL,
          RETENTION_DAYS,
          Setting.REQUEST_TIMEOUT);

  static TelegramSettings from(BackendConfig config) {
    var defaultPath = Path.of(System.getProperty("user.home"), DEFAULT_PLACE).toAbsolutePath();
    var path = config.path(STORE_PATH.name()).orElse(defaultPath).toAbsolutePath().normalize();
    return new TelegramSettings(
        token(config.text(TOKEN_SETTING.name()).orElse("").strip()),
        chats(config.map(CHAT_MAP.name())),
        path,
        path.equals(defaultPath.normalize()),
        Duration.ofSeconds(config.number(POLL_TIMEOUT.name()).orElse(30L)),
        url(config.text(API_URL.name()).orElse("https://api.telegram.org")),
        config.number(RETENTION_DAYS.name()).map(Duration::ofDays).orElse(null),
        config.requestTimeout());
  }

  /** The bot's own user id, which its token begins with. */
  long bot() {
    return Long.parseLong(token.substring(0, token.indexOf(':')));
  }

  /** The chat that the settings give a topic. */
  long chatOf(TopicName topic) {
    var chat = chats.get(topic.value());
    if (chat == null) {
      throw new NoSuchTopic(
          "the topic '%s' has no chat: chat_map has %s; add the topic and the id of its chat"
              .formatted(topic, listed()));
    }
    return chat;
  }

  private String listed() {
    if (chats.isEmpty()) {
      return "no topic at all";
    }
    var names = chats.keySet().stream().limit(NAMED_IN_ERRORS).collect(Collectors.joining(", "));
    var more = chats.size() - NAMED_IN_ERRORS;
    return more > 0 ? "%s and %d more".formatted(names, more) : names;
  }

  /** Where the Bot API is, without anything secret. */
  String place() {
    var usual = url.getSchema().equals("https") ? 443 : 80;
    return url.getPort() == usual ? url.getHost() : url.getHost() + ":" + url.getPort();
  }

  /** The token stays out of every text. */
  @Override
  public String toString() {
    return "settings of bot %d at %s".formatted(bot(), place());
  }

  private static String token(String token) {
    if (!TOKEN.matcher(token).matches()) {
      throw Misconfigured.of(
          TOKEN_SETTING.name(),
          "is not a bot's token: expected digits, a colon and letters, as @BotFather gives"
              + " it; copy it again");
    }
    return token;
  }

  private static Map<String, Long> chats(Map<String, String> map) {
    var chats = new TreeMap<String, Long>();
    var topics = new HashMap<Long, String>();
    map.forEach((topic, chat) -> {
      if (!CHAT.matcher(chat.strip()).matches()) {
        throw Misconfigured.of(
            CHAT_MAP.name(),
            "has '%s' for topic '%s': expected the number of a chat, such as".formatted(chat, topic)
                + " -1001234567890; the docs say how to find it");
      }
      var id = Long.parseLong(chat.strip());
      var other = topics.putIfAbsent(id, topic);
      if (other != null) {
        throw Misconfigured.of(
            CHAT_MAP.name(),
            "has the chat %d for both '%s' and '%s': give each topic a chat of its own"
                .formatted(id, other, topic));
      }
      chats.put(topic, id);
    });
    return chats;
  }

  private static TelegramUrl url(String text) {
    try {
      var uri = new URI(text.strip());
      var scheme = uri.getScheme();
      var path = uri.getPath();
      if (uri.getHost() != null
          && (path == null || path.isEmpty() || path.equals("/"))
          && ("https".equals(scheme) || "http".equals(scheme))) {
        var usual = scheme.equals("https") ? 443 : 80;
        return new TelegramUrl(
            scheme, uri.getHost(), uri.getPort() < 0 ? usual : uri.getPort(), false);
      }
    } catch (URISyntaxException notOne) {
      // Said below, in the same words.
    }
    throw Misconfigured.of(
        API_URL.name(),
        "is not the address of a Bot API server: expected http(s)://HOST or"
            + " http(s)://HOST:PORT without a path");
  }
}
