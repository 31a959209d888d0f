package dev.parley.adapters.outbound.postgres;

import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The checked settings of one database.
 *
 * @param url where the database is and how to connect
 * @param table the table that holds the messages, in lower case
 * @param poolSize the most connections besides the one that listens
 * @param retention how long messages are kept; null for ever
 * @param timeout how long one operation may take
 */
record PostgresSettings(
    ConnectionUrl url, String table, int poolSize, @Nullable Duration retention, Duration timeout) {

  // Room for the longest suffix of a name made from it, in PostgreSQL's 63 bytes.
  private static final Pattern TABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,51}");

  private static final Setting URL =
      Setting.required(
              "url",
              new Setting.Url(),
              "where the database is: postgresql://user:password@host:5432/database; several hosts"
                  + " are separated by commas")
          .asSecret();
  private static final Setting USER =
      Setting.optional(
          "user", new Setting.Text(), null, "the role to connect as, unless the url names one");
  private static final Setting PASSWORD =
      Setting.optional(
              "password",
              new Setting.Text(),
              null,
              "its password, unless the url has one or ~/.pgpass does")
          .asSecret();
  private static final Setting TABLE_NAME =
      Setting.optional(
          "table_name",
          new Setting.Text(),
          "parley_messages",
          "the table; every session that is to share topics names the same one");
  private static final Setting POOL_SIZE =
      Setting.optional(
          "pool_size",
          new Setting.WholeNumber(1, 1_000),
          "5",
          "the most connections at once, besides one that listens");
  private static final Setting SSL_MODE =
      Setting.optional(
          "sslmode",
          new Setting.OneOf(
              List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full")),
          null,
          "whether to encrypt, and whether to check whom one talks to; verify-full does both");
  private static final Setting SSL_ROOT_CERT =
      Setting.optional(
          "sslrootcert",
          new Setting.FilePath(),
          null,
          "the certificates (PEM) of the authorities that are trusted to sign the server's");
  private static final Setting SSL_CERT =
      Setting.optional(
          "sslcert", new Setting.FilePath(), null, "the client's certificate (PEM), to log in by");
  private static final Setting SSL_KEY =
      Setting.optional(
          "sslkey",
          new Setting.FilePath(),
          null,
          "the client's private key: PKCS-8 (PEM, or DER in a .pk8 file) or PKCS-12 (.p12)");
  private static final Setting SSL_PASSWORD =
      Setting.optional(
              "sslpassword", new Setting.Text(), null, "the password of the private key's file")
          .asSecret();
  private static final Setting RETENTION_DAYS =
      Setting.optional(
          "retention_days",
          new Setting.WholeNumber(1, 36_500),
          null,
          "delete messages older than this many days; without it they are kept for ever");

  /** Every key of this backend. */
  static final List<Setting> ALL =
      List.of(
          URL,
          USER,
          PASSWORD,
          TABLE_NAME,
          POOL_SIZE,
          SSL_MODE,
          SSL_ROOT_CERT,
          SSL_CERT,
          SSL_KEY,
          SSL_PASSWORD,
          RETENTION_DAYS,
          Setting.REQUEST_TIMEOUT);

  /**
   * How long a statement may run: less than the caller waits, so that the caller hears that nothing
   * was stored.
   */
  Duration patience() {
    return timeout.multipliedBy(9).dividedBy(10);
  }

  /** How long a statement may wait for a lock: less again, so that the caller hears of the lock. */
  Duration lockPatience() {
    return timeout.multipliedBy(8).dividedBy(10);
  }

  /** Checks again what the config was checked for: a mistake here could delete messages. */
  static PostgresSettings from(BackendConfig config) {
    var url =
        ConnectionUrl.parse(
            config
                .text(URL.name())
                .orElseThrow(() ->
                    Misconfigured.of(
                        URL.name(),
                        "is missing: say where the database is, as in"
                            + " postgresql://user@host:5432/database")));
    config.text(USER.name()).ifPresent(user -> url.set("user", user));
    config.text(PASSWORD.name()).ifPresent(password -> url.set("password", password));
    config
        .text(SSL_MODE.name())
        .ifPresent(mode -> url.set("sslmode", mode.toLowerCase(Locale.ROOT)));
    for (var file : List.of(SSL_ROOT_CERT, SSL_CERT, SSL_KEY)) {
      config.path(file.name()).ifPresent(path -> url.set(file.name(), path.toString()));
    }
    config.text(SSL_PASSWORD.name()).ifPresent(password -> url.set("sslpassword", password));
    return new PostgresSettings(
        url,
        tableOf(config.text(TABLE_NAME.name()).orElse("parley_messages")),
        Math.toIntExact(atLeastOne(config, POOL_SIZE).orElse(5L)),
        atLeastOne(config, RETENTION_DAYS).map(Duration::ofDays).orElse(null),
        config.requestTimeout());
  }

  private static String tableOf(String name) {
    if (!TABLE.matcher(name).matches()) {
      throw Misconfigured.of(
          TABLE_NAME.name(),
          "is '%s'; it has to be a plain name of at most 52 letters, digits and".formatted(name)
              + " underscores that begins with a letter or an underscore");
    }
    return name.toLowerCase(Locale.ROOT);
  }

  private static Optional<Long> atLeastOne(BackendConfig config, Setting setting) {
    var number = config.number(setting.name());
    number
        .filter(n -> n < 1)
        .ifPresent(n -> {
          throw Misconfigured.of(
              setting.name(), "is %d; it has to be %s".formatted(n, setting.type().allowed()));
        });
    return number;
  }
}
