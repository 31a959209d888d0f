package dev.parley.adapters.outbound.matrix;

import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The checked settings of one account on a homeserver.
 *
 * @param homeserver where the client-server API is, without a slash at the end
 * @param serverName the name after the colon in the ids of users and aliases; null to take that of
 *     the account
 * @param aliasPrefix what the aliases of rooms begin with, after the {@code #}
 * @param roomMap the room of a topic, as an id or an alias, where it is not the usual one
 * @param invite who is invited to new rooms
 * @param bridgeAccounts further accounts of bridges, whose word about a sender is taken
 * @param timeout how long one operation may take
 */
record MatrixSettings(
    String homeserver,
    Credentials credentials,
    @Nullable String serverName,
    String aliasPrefix,
    Map<String, String> roomMap,
    List<String> invite,
    List<String> bridgeAccounts,
    Duration timeout) {

  private static final Setting HOMESERVER_URL =
      Setting.required(
              "homeserver_url",
              new Setting.Url(),
              "where the homeserver's client API is, such as https://matrix.example.org")
          .asSecret();
  private static final Setting SERVER_NAME =
      Setting.optional(
          "server_name",
          new Setting.Text(),
          null,
          "the part after the colon of its users' ids; without it that of the account");
  private static final Setting ALIAS_PREFIX =
      Setting.optional(
          "alias_prefix",
          new Setting.Text(),
          "parley_",
          "what the aliases of rooms begin with: #PREFIXtopic:server");
  private static final Setting ROOM_MAP =
      Setting.optional(
          "room_map",
          new Setting.TextMap(),
          null,
          "rooms of topics that have one already: topic to !id or #alias");
  private static final Setting INVITE =
      Setting.optional(
          "invite", new Setting.TextList(), null, "people to invite to new rooms: @user:server");
  private static final Setting BRIDGE_ACCOUNTS =
      Setting.optional(
          "bridge_accounts",
          new Setting.TextList(),
          null,
          "further accounts that bridges use, trusted to say who the sender is: @user:server");

  /** Every key of this backend. */
  static final List<Setting> ALL =
      List.of(
          HOMESERVER_URL,
          Credentials.USER,
          Credentials.PASSWORD,
          Credentials.ACCESS_TOKEN,
          SERVER_NAME,
          ALIAS_PREFIX,
          ROOM_MAP,
          INVITE,
          BRIDGE_ACCOUNTS,
          Setting.REQUEST_TIMEOUT);

  private static final Pattern PREFIX = Pattern.compile("[a-z0-9._-]{1,40}");
  private static final Pattern ROOM = Pattern.compile("[!#].+");
  private static final Pattern USER_ID = Pattern.compile("@[^:\\s]+:\\S+");
  private static final Pattern NAME_OF_SERVER = Pattern.compile("[A-Za-z0-9.:\\[\\]-]+");

  static MatrixSettings from(BackendConfig config) {
    var address = Address.of(config.text(HOMESERVER_URL.name()).orElse(""));
    var roomMap = new HashMap<>(config.map(ROOM_MAP.name()));
    roomMap.forEach((topic, room) -> require(ROOM_MAP, ROOM, room, "!id:server or #alias:server"));
    var serverName = config.text(SERVER_NAME.name()).orElse(null);
    if (serverName != null) {
      require(SERVER_NAME, NAME_OF_SERVER, serverName, "a name such as example.org");
    }
    var prefix = config.text(ALIAS_PREFIX.name()).orElse("parley_");
    require(ALIAS_PREFIX, PREFIX, prefix, "1 to 40 of a-z, 0-9, '.', '_' and '-'");
    return new MatrixSettings(
        address.homeserver(),
        Credentials.from(config, address.userInfo()),
        serverName,
        prefix,
        Map.copyOf(roomMap),
        users(config, INVITE),
        users(config, BRIDGE_ACCOUNTS),
        config.requestTimeout());
  }

  /**
   * An address without what stands before its host.
   *
   * @param userInfo {@code user:password}, which is used and never shown; null for none
   */
  private record Address(String homeserver, @Nullable String userInfo) {

    static Address of(String url) {
      try {
        var uri = new URI(url);
        var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!(scheme.equals("https") || scheme.equals("http")) || uri.getHost() == null) {
          throw Misconfigured.of(
              HOMESERVER_URL.name(), "has to be an address such as https://matrix.example.org");
        }
        var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        var path = String.valueOf(uri.getRawPath()).replaceFirst("/+$", "");
        return new Address(
            "%s://%s%s%s".formatted(scheme, uri.getHost(), port, path), uri.getUserInfo());
      } catch (URISyntaxException notAnAddress) {
        throw Misconfigured.of(
            HOMESERVER_URL.name(), "is no address: write it as https://matrix.example.org");
      }
    }
  }

  private static List<String> users(BackendConfig config, Setting setting) {
    var users = config.texts(setting.name());
    users.forEach(user -> require(setting, USER_ID, user, "@user:server"));
    return List.copyOf(users);
  }

  private static void require(Setting setting, Pattern form, String value, String wanted) {
    if (!form.matcher(value).matches()) {
      throw Misconfigured.of(setting.name(), "has '%s'; write %s".formatted(value, wanted));
    }
  }

  /** The homeserver as a person reads it. */
  String host() {
    return homeserver.replaceFirst("^https?://", "");
  }

  /** Whether the connection is encrypted. */
  boolean encrypted() {
    return homeserver.toLowerCase(Locale.ROOT).startsWith("https:");
  }
}
