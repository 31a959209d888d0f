package dev.parley.bootstrap.config;

import dev.parley.bootstrap.config.Section.Retired;
import dev.parley.bootstrap.config.Section.Rule;
import dev.parley.ports.outbound.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every key of the file but those of the backend: the one place that names them. */
final class Keys {

  /** The map that holds the backend's own settings. */
  static final String BACKEND_CONFIG = "backend_config";

  private static final int DAY_MS = 86_400_000;

  private Keys() {}

  /** The whole file, with the keys of a backend under {@code backend_config}. */
  static Section file(Section backendConfig) {
    return new Section(
        "",
        "the whole file",
        List.of(
            text("backend", "sqlite", "the backend that carries the messages", null),
            text(
                "instance_id",
                null,
                "names this process on its machine; default: the handle",
                Rules.INSTANCE),
            path(
                "state_path",
                "the folder of Parley's own state; default: `$XDG_STATE_HOME/parley`, or"
                    + " `~/.local/state/parley`"),
            texts("topics", "", "the topics that are followed and may be used", Rules.TOPIC),
            texts(
                "post_topics",
                "",
                "patterns of further topics that may be posted to and read on request; RE2 syntax,"
                    + " matched against the whole name",
                Rules.PATTERN)),
        List.of(
            identity(),
            catchup(),
            livePush(),
            presence(),
            http(),
            auth(),
            backendConfig,
            permissions()),
        List.of());
  }

  private static Section identity() {
    return section(
        "identity",
        "as whom this instance posts",
        text(
            "handle",
            "agent",
            "the name that @mentions use; `PARLEY_HANDLE` and `--handle` override it",
            Rules.HANDLE));
  }

  private static Section catchup() {
    return new Section(
        "catchup",
        "reading what is unread",
        List.of(
            yesNo("on_start", true, "tell the agent at the start of a session how much is unread"),
            number(
                "limit",
                100,
                1,
                1000,
                "the most messages of a topic that one answer gives by default"),
            number(
                "block_max_ms",
                50_000,
                0,
                600_000,
                "the longest wait for a message that a call may ask for, in milliseconds")),
        List.of(),
        List.of(
            new Retired(
                "block_poll_interval_ms",
                "a waiting call wakes when a message lands; remove it, catchup.block_max_ms bounds"
                    + " the wait")));
  }

  private static Section livePush() {
    return section(
        "live_push",
        "messages handed to a coding agent as they come",
        yesNo("enabled", true, "push messages to the agent"),
        yesNo("mention_filter", false, "push only messages that mention the handle"),
        texts(
            "from",
            "*",
            "whose messages are pushed: globs over handle or account, with `*` and `?`",
            Rules.GLOB),
        number(
            "max_per_minute",
            60,
            1,
            100_000,
            "the most pushes in a minute; what is over is counted and left to catch-up"));
  }

  private static Section presence() {
    return section(
        "presence",
        "who else is there",
        yesNo("enabled", true, "tell others that this instance is there"),
        text(
            "topic",
            Configuration.Presence.USUAL_TOPIC,
            "the topic that carries it, reserved for it",
            Rules.TOPIC),
        number(
            "heartbeat_ms",
            600_000,
            1000,
            DAY_MS,
            "the time between two signs of life, in milliseconds"),
        number(
            "ttl_ms",
            1_800_000,
            1000,
            7 * DAY_MS,
            "after how long without one a peer counts as gone, in milliseconds; more than"
                + " heartbeat_ms"));
  }

  private static Section http() {
    return new Section(
        "http",
        "the server for chat connectors, `parley serve --http`",
        List.of(
            text("host", "127.0.0.1", "the address it binds", null),
            number("port", 3000, 0, 65_535, "the port it binds; 0 for any free one"),
            text(
                "public_url",
                null,
                "the URL under which clients reach it; `PARLEY_PUBLIC_URL` overrides it",
                Rules.PUBLIC_URL),
            texts(
                "trusted_proxies",
                "",
                "addresses or networks of proxies whose forwarded headers count",
                Rules.NETWORK),
            texts(
                "metrics_from",
                "127.0.0.0/8, ::1",
                "addresses or networks whose clients may read `/metrics`; to all others there is no"
                    + " such page",
                Rules.NETWORK)),
        List.of(
            section(
                "tls",
                "TLS without a proxy in front",
                path("cert", "the certificate chain, PEM"),
                path("key", "its private key, PEM"))),
        List.of());
  }

  private static Section auth() {
    return new Section(
        "auth",
        "who may use the server for chat connectors",
        List.of(
            new Section.Key(
                Setting.optional(
                    "mode",
                    new Setting.OneOf(List.of("builtin", "oidc", "none")),
                    "builtin",
                    "`builtin`: the owner's passphrase; `oidc`: another provider; `none`: only on a"
                        + " loopback address"),
                null)),
        List.of(
            section(
                "owner",
                "for `builtin`",
                new Section.Key(
                    Setting.optional(
                            "passphrase_hash",
                            new Setting.Text(),
                            null,
                            "the hash that `parley owner set-passphrase` made; or set"
                                + " `PARLEY_OWNER_PASSPHRASE`")
                        .asSecret(),
                    null)),
            section(
                "oidc",
                "for `oidc`",
                text(
                    "issuer",
                    null,
                    "the provider's issuer URL, exactly as its tokens name it",
                    Rules.PROVIDER_URL),
                text(
                    "audience",
                    null,
                    "the audience that tokens must carry; best this server's URL with `/mcp`",
                    null),
                text(
                    "jwks_uri",
                    null,
                    "the provider's keys, if not where its metadata says",
                    Rules.PROVIDER_URL),
                text("required_scope", null, "a scope that tokens must carry", null),
                texts(
                    "allowed_subjects",
                    "",
                    "the `sub` values that may use the server; of this key and the next two, at"
                        + " least one must be set, and each that is set must hold",
                    null),
                texts(
                    "allowed_usernames",
                    "",
                    "the `preferred_username` values that may; a provider may give a name to"
                        + " somebody else, so subjects are safer",
                    null),
                text(
                    "required_role",
                    null,
                    "a role that users must have, in `realm_access.roles`,"
                        + " `resource_access.AUDIENCE.roles` or `roles`",
                    null),
                number(
                    "clock_skew_s",
                    30,
                    0,
                    300,
                    "how far the provider's clock may be off, in seconds"))),
        List.of());
  }

  private static Section permissions() {
    return new Section(
        "permissions",
        "",
        List.of(),
        List.of(),
        List.of(
            new Retired(
                "skip_permissions",
                "Parley starts no agent, so set this in the agent's own settings and remove it"
                    + " here")));
  }

  private static Section section(String name, String help, Section.Key... keys) {
    return new Section(name, help, List.of(keys), List.of(), List.of());
  }

  private static Section.Key text(
      String name, @Nullable String fallback, String help, @Nullable Rule rule) {
    return new Section.Key(Setting.optional(name, new Setting.Text(), fallback, help), rule);
  }

  private static Section.Key texts(String name, String fallback, String help, @Nullable Rule rule) {
    return new Section.Key(Setting.optional(name, new Setting.TextList(), fallback, help), rule);
  }

  private static Section.Key path(String name, String help) {
    return new Section.Key(Setting.optional(name, new Setting.FilePath(), null, help), null);
  }

  private static Section.Key number(
      String name, long fallback, long least, long most, String help) {
    return new Section.Key(
        Setting.optional(name, new Setting.WholeNumber(least, most), Long.toString(fallback), help),
        null);
  }

  private static Section.Key yesNo(String name, boolean fallback, String help) {
    return new Section.Key(
        Setting.optional(name, new Setting.YesNo(), Boolean.toString(fallback), help), null);
  }
}
