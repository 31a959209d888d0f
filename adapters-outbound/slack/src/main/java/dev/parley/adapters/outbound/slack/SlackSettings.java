package dev.parley.adapters.outbound.slack;

import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.NoSuchTopic;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The checked settings of one app in one workspace. The tokens are never shown.
 *
 * @param channels the id of each topic's channel
 * @param threadWindow for how long after its beginning a thread's replies belong to the topic
 * @param bridgeAccounts bot ids of further bridges whose word is taken for who said something
 * @param settling for how long a message's place in the order may change
 * @param api where the Web API is, without a slash at its end
 */
record SlackSettings(
    String botToken,
    String appToken,
    Map<String, String> channels,
    Duration threadWindow,
    Duration settling,
    Set<String> bridgeAccounts,
    URI api,
    Duration timeout) {

  private static final Setting BOT_TOKEN =
      Setting.required("bot_token", new Setting.Text(), "the app's bot token, xoxb-...").asSecret();
  private static final Setting APP_TOKEN =
      Setting.required(
              "app_token",
              new Setting.Text(),
              "the app-level token with connections:write, xapp-...")
          .asSecret();
  private static final Setting CHANNEL_MAP =
      Setting.required(
          "channel_map",
          new Setting.TextMap(),
          "the channel of each topic: TOPIC: CHANNEL-ID, such as C0123456789");
  private static final Setting THREAD_WINDOW_DAYS =
      Setting.optional(
          "thread_window_days",
          new Setting.WholeNumber(0, 365),
          "30",
          "replies to a message belong to the topic for so many days after it; 0 for none");
  static final int USUAL_SETTLING_MS = 500;

  private static final Setting SETTLING_MS =
      Setting.optional(
          "settling_ms",
          new Setting.WholeNumber(0, 10_000),
          Integer.toString(USUAL_SETTLING_MS),
          "how long Slack may take until a message shows: what is younger is not handed out yet");
  private static final Setting BRIDGE_ACCOUNTS =
      Setting.optional(
          "bridge_accounts",
          new Setting.TextList(),
          null,
          "bot ids (B...) of other bridges that are believed about who said something");
  private static final Setting API_URL =
      Setting.optional(
          "api_url", new Setting.Url(), "https://slack.com/api", "where Slack's Web API is");

  static final List<Setting> ALL =
      List.of(
          BOT_TOKEN,
          APP_TOKEN,
          CHANNEL_MAP,
          THREAD_WINDOW_DAYS,
          SETTLING_MS,
          BRIDGE_ACCOUNTS,
          API_URL,
          Setting.REQUEST_TIMEOUT);

  private static final Pattern CHANNEL_ID = Pattern.compile("[CG][A-Z0-9]{2,20}");
  private static final Pattern BOT_ID = Pattern.compile("B[A-Z0-9]{2,20}");
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  static SlackSettings from(BackendConfig config) {
    var channels = config.map(CHANNEL_MAP.name());
    channels.forEach(SlackSettings::checkChannel);
    var bridges = config.texts(BRIDGE_ACCOUNTS.name());
    bridges.forEach(SlackSettings::checkBridge);
    return new SlackSettings(
        token(config, BOT_TOKEN, "xoxb-", "xapp-", "OAuth & Permissions"),
        token(config, APP_TOKEN, "xapp-", "xox", "Basic Information, App-Level Tokens"),
        channels,
        Duration.ofDays(config.number(THREAD_WINDOW_DAYS.name()).orElse(30L)),
        Duration.ofMillis(config.number(SETTLING_MS.name()).orElse((long) USUAL_SETTLING_MS)),
        Set.copyOf(bridges),
        api(config.text(API_URL.name()).orElse("https://slack.com/api")),
        config.requestTimeout());
  }

  private static String token(
      BackendConfig config, Setting setting, String right, String wrong, String where) {
    var token = config.text(setting.name()).orElse("").strip();
    if (!TOKEN.matcher(token).matches()) {
      throw Misconfigured.of(
          setting.name(),
          "is missing or holds blanks: take the token that begins with %s from the app's page '%s'"
              .formatted(right, where));
    }
    if (token.toLowerCase(Locale.ROOT).startsWith(wrong)) {
      throw Misconfigured.of(
          setting.name(),
          "is a token of the wrong kind: it has to begin with %s; take it from the app's page '%s'"
              .formatted(right, where));
    }
    return token;
  }

  private static void checkChannel(String topic, String channel) {
    if (!CHANNEL_ID.matcher(channel).matches()) {
      throw Misconfigured.of(
          CHANNEL_MAP.name(),
          "maps '%s' to '%s', which is no channel id: take the id (C...) from the end of the channel's 'About' page in Slack"
              .formatted(shortened(topic), shortened(channel)));
    }
  }

  private static void checkBridge(String account) {
    if (!BOT_ID.matcher(account).matches()) {
      throw Misconfigured.of(
          BRIDGE_ACCOUNTS.name(),
          "lists '%s', which is no bot id: `parley doctor` of the other bridge names its own (B...)"
              .formatted(shortened(account)));
    }
  }

  private static URI api(String url) {
    try {
      var uri = new URI(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
      var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
        return uri;
      }
    } catch (URISyntaxException _) {
      // Said below.
    }
    throw Misconfigured.of(
        API_URL.name(),
        "has to be an http or https address, such as https://slack.com/api: correct it, or"
            + " leave it out");
  }

  /** The channel of a topic. */
  String channelOf(TopicName topic) {
    var channel = channels.get(topic.value());
    if (channel == null) {
      throw new NoSuchTopic(
          "the topic '%s' has no channel: channel_map has %s; add the topic with the id of its channel"
              .formatted(shortened(topic.value()), mapInWords()));
    }
    return channel;
  }

  private String mapInWords() {
    return channels.isEmpty()
        ? "no topics"
        : new TreeMap<>(channels)
                .entrySet().stream()
                    .limit(20)
                    .map(entry -> "%s: %s".formatted(shortened(entry.getKey()), entry.getValue()))
                    .collect(Collectors.joining(", "))
            + (channels.size() > 20 ? " and %d more".formatted(channels.size() - 20) : "");
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }

  /** The host of the API, as a person reads it. */
  String host() {
    return api.getPort() < 0 ? api.getHost() : api.getHost() + ":" + api.getPort();
  }

  @Override
  public String toString() {
    return "Slack at " + host();
  }
}
