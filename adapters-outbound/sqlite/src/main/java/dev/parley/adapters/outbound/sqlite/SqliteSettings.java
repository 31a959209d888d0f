package dev.parley.adapters.outbound.sqlite;

import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The checked settings of one database.
 *
 * @param path the database file, absolute
 * @param ownPlace whether the file is at its default place, whose folder Parley may create
 * @param pollInterval how often to look at the file besides watching it; null for the default
 * @param synchronous SQLite's {@code PRAGMA synchronous}
 * @param retention how long messages are kept; null for ever
 * @param timeout how long one operation may take
 */
record SqliteSettings(
    Path path,
    boolean ownPlace,
    @Nullable Duration pollInterval,
    String synchronous,
    @Nullable Duration retention,
    Duration timeout) {

  private static final String DEFAULT_PLACE = ".local/share/parley/parley.db";
  private static final List<String> SYNCHRONOUS = List.of("off", "normal", "full", "extra");
  static final Setting DB_PATH =
      Setting.optional(
          "db_path",
          new Setting.FilePath(),
          "~/" + DEFAULT_PLACE,
          "the database file; every session that is to share topics names the same one");
  private static final Setting POLL_INTERVAL =
      Setting.optional(
          "poll_interval_ms",
          new Setting.WholeNumber(1, 60_000),
          null,
          "also look for new messages at this interval; needed only where changes of the file give"
              + " no events");
  private static final Setting SYNCHRONOUS_MODE =
      Setting.optional(
          "synchronous",
          new Setting.OneOf(SYNCHRONOUS),
          "normal",
          "normal survives a killed process, but a power cut may take the last messages; full"
              + " survives that too and is slower");
  private static final Setting RETENTION_DAYS =
      Setting.optional(
          "retention_days",
          new Setting.WholeNumber(1, 36_500),
          null,
          "delete messages older than this many days; without it they are kept for ever");

  /** Every key of this backend. */
  static final List<Setting> ALL =
      List.of(DB_PATH, POLL_INTERVAL, SYNCHRONOUS_MODE, RETENTION_DAYS, Setting.REQUEST_TIMEOUT);

  /**
   * How long to try while the database is locked: less than the caller waits, so that the caller
   * hears of the lock and not merely that nothing came.
   */
  Duration patience() {
    return Duration.ofNanos(timeout.toNanos() / 10 * 9);
  }

  /** Checks again what the config was checked for: a mistake here could delete messages. */
  static SqliteSettings from(BackendConfig config) {
    var defaultPath = Path.of(System.getProperty("user.home"), DEFAULT_PLACE).toAbsolutePath();
    var path = config.path(DB_PATH.name()).orElse(defaultPath).toAbsolutePath().normalize();
    var synchronous =
        config.text(SYNCHRONOUS_MODE.name()).orElse("normal").toLowerCase(Locale.ROOT);
    if (!SYNCHRONOUS.contains(synchronous)) {
      throw Misconfigured.of(
          SYNCHRONOUS_MODE.name(),
          "is '%s'; it has to be one of %s".formatted(synchronous, String.join(", ", SYNCHRONOUS)));
    }
    return new SqliteSettings(
        path,
        path.equals(defaultPath.normalize()),
        atLeastOne(config, POLL_INTERVAL).map(Duration::ofMillis).orElse(null),
        synchronous,
        atLeastOne(config, RETENTION_DAYS).map(Duration::ofDays).orElse(null),
        config.requestTimeout());
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
