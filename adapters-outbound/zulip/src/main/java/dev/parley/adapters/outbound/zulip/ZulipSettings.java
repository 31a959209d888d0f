package dev.parley.adapters.outbound.zulip;

import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The checked settings of one channel.
 *
 * @param site the organization's address, without a slash at its end
 * @param topicMap Zulip's topics by the topics that they stand for
 * @param bridgeAccounts further accounts whose text headers are believed, in lower case
 */
record ZulipSettings(
    URI site,
    String email,
    String apiKey,
    String stream,
    Map<String, String> topicMap,
    Set<String> bridgeAccounts,
    Duration timeout) {

  private static final Setting SITE_URL =
      Setting.required(
          "site_url",
          new Setting.Url(),
          "the address of the organization, such as https://example.zulipchat.com");
  private static final Setting EMAIL =
      Setting.required("email", new Setting.Text(), "the bot's email, as Zulip shows it");
  private static final Setting API_KEY =
      Setting.required("api_key", new Setting.Text(), "the bot's API key").asSecret();
  private static final Setting STREAM =
      Setting.required(
          "stream", new Setting.Text(), "the channel (stream) in which all topics are");
  private static final Setting TOPIC_MAP =
      Setting.optional(
          "topic_map",
          new Setting.TextMap(),
          null,
          "topics that have another name in Zulip; all others have their own");
  private static final Setting BRIDGE_ACCOUNTS =
      Setting.optional(
          "bridge_accounts",
          new Setting.TextList(),
          null,
          "emails or user ids of further bots that post for agents, and name them as Parley does");

  /** Every key of this backend. */
  static final List<Setting> ALL =
      List.of(
          SITE_URL, EMAIL, API_KEY, STREAM, TOPIC_MAP, BRIDGE_ACCOUNTS, Setting.REQUEST_TIMEOUT);

  static ZulipSettings from(BackendConfig config) {
    return new ZulipSettings(
        site(required(config, SITE_URL)),
        required(config, EMAIL),
        required(config, API_KEY),
        required(config, STREAM),
        config.map(TOPIC_MAP.name()),
        config.texts(BRIDGE_ACCOUNTS.name()).stream()
            .map(account -> account.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet()),
        config.requestTimeout());
  }

  private static String required(BackendConfig config, Setting setting) {
    return config
        .text(setting.name())
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .orElseThrow(
            () -> Misconfigured.of(setting.name(), "is missing: %s".formatted(setting.help())));
  }

  private static URI site(String text) {
    URI url;
    try {
      url = new URI(text.replaceFirst("/+$", ""));
    } catch (URISyntaxException _) {
      throw unusable("it is no URL");
    }
    if (!Set.of("http", "https").contains(String.valueOf(url.getScheme()))
        || url.getHost() == null) {
      throw unusable("it has to begin with https:// and a host");
    }
    if (url.getUserInfo() != null) {
      throw unusable("it holds credentials, which belong into email and api_key");
    }
    if (url.getQuery() != null || url.getFragment() != null) {
      throw unusable("it goes beyond the organization's address");
    }
    return url;
  }

  private static Misconfigured unusable(String why) {
    return Misconfigured.of(
        SITE_URL.name(),
        "cannot be used, since %s: set it to the organization's address, such as https://example.zulipchat.com"
            .formatted(why));
  }

  /** Whether an account is one of the further bridges. */
  boolean isBridge(long userId, @Nullable String itsEmail) {
    return bridgeAccounts.contains(Long.toString(userId))
        || (itsEmail != null && bridgeAccounts.contains(itsEmail.toLowerCase(Locale.ROOT)));
  }

  /** Where the topics are. */
  String place() {
    return "%s#%s".formatted(site, stream);
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "%s as %s".formatted(place(), email);
  }
}
