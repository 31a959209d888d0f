package dev.parley.adapters.outbound.discord;

import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.NoSuchTopic;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The checked settings of one bot.
 *
 * @param channels the id of the channel of each topic
 * @param topics the topic of each channel
 * @param bridgeAccounts ids of other bots and webhooks whose headers and names are believed
 * @param apiUrl where requests go, without a slash at its end
 * @param gatewayUrl where events come from
 * @param settling after what time no message can come before one that was given its id then
 * @param timeout how long one operation may take
 */
record DiscordSettings(
    String token,
    Map<TopicName, Long> channels,
    Map<Long, TopicName> topics,
    Set<Long> bridgeAccounts,
    String apiUrl,
    String gatewayUrl,
    Duration settling,
    Duration timeout) {

  static final String USUAL_API = "https://discord.com/api/v10";
  private static final String USUAL_GATEWAY = "wss://gateway.discord.gg";
  private static final int MOST_SHOWN = 10;

  private static final Setting TOKEN =
      Setting.required("token", new Setting.Text(), "the bot's token, from the developer portal")
          .asSecret();
  private static final Setting CHANNEL_MAP =
      Setting.required(
          "channel_map",
          new Setting.TextMap(),
          "the id of the text channel of each topic: TOPIC: \"CHANNEL ID\"");
  private static final Setting BRIDGE_ACCOUNTS =
      Setting.optional(
          "bridge_accounts",
          new Setting.TextList(),
          null,
          "ids of other bots or webhooks that speak for agents, as other bridges have them");
  private static final Setting API_URL =
      Setting.optional("api_url", new Setting.Url(), USUAL_API, "where Discord's API is");
  private static final Setting GATEWAY_URL =
      Setting.optional(
          "gateway_url", new Setting.Url(), USUAL_GATEWAY, "where Discord's gateway is");
  private static final long USUAL_SETTLING = 200;
  private static final Setting SETTLING =
      Setting.optional(
          "settling_ms",
          new Setting.WholeNumber(10, 5_000),
          Long.toString(USUAL_SETTLING),
          "how long Discord may take from giving an id to showing the message, in milliseconds");

  /** Every key of this backend. */
  static final List<Setting> ALL =
      List.of(
          TOKEN,
          CHANNEL_MAP,
          BRIDGE_ACCOUNTS,
          API_URL,
          GATEWAY_URL,
          SETTLING,
          Setting.REQUEST_TIMEOUT);

  static DiscordSettings from(BackendConfig config) {
    var channels = new HashMap<TopicName, Long>();
    var topics = new HashMap<Long, TopicName>();
    new TreeMap<>(config.map(CHANNEL_MAP.name()))
        .forEach((name, text) -> {
          var topic = topic(name);
          var channel = id(CHANNEL_MAP, "topic '%s'".formatted(name), text);
          var other = topics.put(channel, topic);
          if (other != null) {
            throw Misconfigured.of(
                CHANNEL_MAP.name(),
                "has the channel %s for both '%s' and '%s': give each topic a channel of its own"
                    .formatted(text, other.value(), name));
          }
          channels.put(topic, channel);
        });
    if (channels.isEmpty()) {
      throw Misconfigured.of(
          CHANNEL_MAP.name(), "is empty: give each topic the id of a text channel");
    }
    return new DiscordSettings(
        config.text(TOKEN.name()).orElse("").strip(),
        Map.copyOf(channels),
        Map.copyOf(topics),
        config.texts(BRIDGE_ACCOUNTS.name()).stream()
            .map(text -> id(BRIDGE_ACCOUNTS, "an entry", text))
            .collect(Collectors.toUnmodifiableSet()),
        url(config, API_URL, USUAL_API, Set.of("https", "http")),
        url(config, GATEWAY_URL, USUAL_GATEWAY, Set.of("wss", "ws")),
        Duration.ofMillis(config.number(SETTLING.name()).orElse(USUAL_SETTLING)),
        config.requestTimeout());
  }

  private static TopicName topic(String name) {
    try {
      return new TopicName(name);
    } catch (IllegalArgumentException refused) {
      throw Misconfigured.of(
          CHANNEL_MAP.name(),
          "has '%s', which is no topic: %s".formatted(name, refused.getMessage()));
    }
  }

  private static long id(Setting setting, String of, String text) {
    return Snowflake.parse(text.strip())
        .filter(id -> id != 0)
        .orElseThrow(() ->
            Misconfigured.of(
                setting.name(),
                ("has '%s' for %s, which is no id: turn on Developer Mode in Discord, and copy"
                        + " the id, which has digits only")
                    .formatted(text, of)));
  }

  private static String url(
      BackendConfig config, Setting setting, String usual, Set<String> schemes) {
    var text = config.text(setting.name()).orElse(usual);
    if (!isAddress(text, schemes)) {
      throw Misconfigured.of(
          setting.name(), "is '%s'; it has to be an address as %s is".formatted(text, usual));
    }
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static boolean isAddress(String text, Set<String> schemes) {
    try {
      var uri = new URI(text);
      return uri.getHost() != null && uri.getScheme() != null && schemes.contains(uri.getScheme());
    } catch (URISyntaxException _) {
      return false;
    }
  }

  /** The channel of a topic. */
  long channelOf(TopicName topic) {
    return Optional.ofNullable(channels.get(topic))
        .orElseThrow(() ->
            new NoSuchTopic(
                "channel_map has no channel for the topic '%s'; it has %s: add the topic there"
                    .formatted(topic.value(), mapped())));
  }

  private String mapped() {
    var names =
        channels.keySet().stream().map(topic -> "'" + topic.value() + "'").sorted().toList();
    var shown = String.join(", ", names.subList(0, Math.min(MOST_SHOWN, names.size())));
    return names.size() > MOST_SHOWN
        ? "%s and %,d more".formatted(shown, names.size() - MOST_SHOWN)
        : shown;
  }

  /** The API's host as a person reads it. */
  String host() {
    var authority = URI.create(apiUrl).getRawAuthority();
    return authority.substring(authority.lastIndexOf('@') + 1);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "Discord at %s with %,d topics".formatted(host(), channels.size());
  }
}
