package dev.parley.adapters.outbound.redis;

import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Setting;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The checked settings of one store.
 *
 * @param login for the servers
 * @param sentinelLogin for the Sentinels
 * @param tls how connections are encrypted; null when they are not
 * @param retention how long messages are kept; null for ever
 * @param waitReplicas how many replicas have to have a message before its post returns
 * @param blockTimeout how long one blocking read lasts at most
 * @param timeout how long one operation may take
 */
record RedisSettings(
    RedisUrl url,
    Login login,
    Login sentinelLogin,
    @Nullable Tls tls,
    String keyPrefix,
    @Nullable Duration retention,
    int waitReplicas,
    Duration blockTimeout,
    Duration timeout) {

  private static final String DEFAULT_URL = "redis://127.0.0.1:6379";
  private static final String DEFAULT_PREFIX = "parley:";
  // Braces only as one hash tag, which then keeps all topics of a cluster on one node.
  private static final Pattern PREFIX =
      Pattern.compile("[^\\s\\p{Cntrl}{}]*(\\{[^\\s\\p{Cntrl}{}]+})?[^\\s\\p{Cntrl}{}]*");

  private static final Setting URL =
      Setting.optional(
              "url", new Setting.Url(), DEFAULT_URL, "where the server is: " + RedisUrl.FORMS)
          .asSecret();
  private static final Setting USERNAME =
      Setting.optional(
          "username", new Setting.Text(), null, "the ACL user; none for the default user");
  private static final Setting PASSWORD =
      Setting.optional("password", new Setting.Text(), null, "the password").asSecret();
  private static final Setting SENTINEL_USERNAME =
      Setting.optional(
          "sentinel_username", new Setting.Text(), null, "the ACL user at the Sentinels");
  private static final Setting SENTINEL_PASSWORD =
      Setting.optional(
              "sentinel_password", new Setting.Text(), null, "the password of the Sentinels")
          .asSecret();
  private static final Setting TLS_CA_CERT =
      Setting.optional(
          "tls_ca_cert",
          new Setting.FilePath(),
          null,
          "certificates of the authorities to trust with TLS, PEM; without it those of Java");
  private static final Setting TLS_CERT =
      Setting.optional(
          "tls_cert", new Setting.FilePath(), null, "this client's own certificate, PEM");
  private static final Setting TLS_KEY =
      Setting.optional(
          "tls_key", new Setting.FilePath(), null, "its private key, PEM (PKCS#8, not encrypted)");
  private static final Setting TLS_VERIFY_HOST =
      Setting.optional(
          "tls_verify_host",
          new Setting.YesNo(),
          "true",
          "whether the server's certificate has to name the host of the url");
  private static final Setting KEY_PREFIX =
      Setting.optional(
          "key_prefix",
          new Setting.Text(),
          DEFAULT_PREFIX,
          "what the keys of all topics begin with; a hash tag such as {parley}: keeps them on one"
              + " node of a cluster");
  private static final Setting RETENTION_DAYS =
      Setting.optional(
          "retention_days",
          new Setting.WholeNumber(1, 36_500),
          null,
          "delete messages older than this many days; without it they are kept for ever");
  private static final Setting WAIT_REPLICAS =
      Setting.optional(
          "wait_replicas",
          new Setting.WholeNumber(0, 100),
          "0",
          "how many replicas have to have a message before its post returns");
  private static final Setting BLOCK_TIMEOUT =
      Setting.optional(
              "block_timeout_ms",
              new Setting.WholeNumber(100, 600_000),
              "5000",
              "how long one blocking read lasts at most, in milliseconds; a connection that has"
                  + " died silently is noticed after it")
          .formerly("block_ms");

  /** Every key of this backend. */
  static final List<Setting> ALL =
      List.of(
          URL,
          USERNAME,
          PASSWORD,
          SENTINEL_USERNAME,
          SENTINEL_PASSWORD,
          TLS_CA_CERT,
          TLS_CERT,
          TLS_KEY,
          TLS_VERIFY_HOST,
          KEY_PREFIX,
          RETENTION_DAYS,
          WAIT_REPLICAS,
          BLOCK_TIMEOUT,
          Setting.REQUEST_TIMEOUT);

  /** Who logs in; both null for nobody. */
  record Login(@Nullable String username, @Nullable String password) {

    @Override
    public String toString() {
      return username == null ? "the default user" : "user '" + username + "'";
    }
  }

  static RedisSettings from(BackendConfig config) {
    var url = RedisUrl.of(config.text(URL.name()).orElse(DEFAULT_URL));
    return new RedisSettings(
        url,
        new Login(
            config.text(USERNAME.name()).orElse(url.username()),
            config.text(PASSWORD.name()).orElse(url.password())),
        new Login(
            config.text(SENTINEL_USERNAME.name()).orElse(null),
            config.text(SENTINEL_PASSWORD.name()).orElse(null)),
        tls(url, config),
        prefix(config.text(KEY_PREFIX.name()).orElse(DEFAULT_PREFIX)),
        config.number(RETENTION_DAYS.name()).map(RedisSettings::days).orElse(null),
        config.number(WAIT_REPLICAS.name()).orElse(0L).intValue(),
        Duration.ofMillis(config.number(BLOCK_TIMEOUT.name()).orElse(5_000L)),
        config.requestTimeout());
  }

  private static @Nullable Tls tls(RedisUrl url, BackendConfig config) {
    var tls =
        new Tls(
            config.path(TLS_CA_CERT.name()).orElse(null),
            config.path(TLS_CERT.name()).orElse(null),
            config.path(TLS_KEY.name()).orElse(null),
            config.enabled(TLS_VERIFY_HOST.name()));
    if ((tls.certificate() == null) != (tls.key() == null)) {
      throw Misconfigured.of(TLS_CERT.name(), "and tls_key belong together: set both or none");
    }
    if (!url.tls() && (tls.authorities() != null || tls.certificate() != null)) {
      throw Misconfigured.of(
          URL.name(),
          "has to begin with rediss for tls_ca_cert, tls_cert and tls_key: correct it or remove"
              + " them");
    }
    return url.tls() ? tls : null;
  }

  private static String prefix(String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw Misconfigured.of(
          KEY_PREFIX.name(),
          "is '%s'; it has to be without blanks, with braces only as one hash tag such as {parley}:"
              .formatted(prefix));
    }
    return prefix;
  }

  // Checked again: a mistake here could delete messages.
  private static Duration days(long number) {
    if (number < 1) {
      throw Misconfigured.of(
          RETENTION_DAYS.name(), "is %d; it has to be 1 or more".formatted(number));
    }
    return Duration.ofDays(number);
  }

  /**
   * How long to wait for a server: less than the caller waits, so that the caller hears what is
   * wrong with it and not merely that nothing came.
   */
  Duration patience() {
    return timeout.multipliedBy(3).dividedBy(4);
  }

  /** Which store this is, in words without a secret; the same for every session on it. */
  String place() {
    return keyPrefix.equals(DEFAULT_PREFIX)
        ? url.place()
        : "%s with keys %s*".formatted(url.place(), keyPrefix);
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return place();
  }
}
