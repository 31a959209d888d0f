package dev.parley.adapters.outbound.nats;

import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The checked settings of one JetStream account.
 *
 * @param servers where to connect, at least one
 * @param subjectPrefix the tokens before a topic's own in its subject
 * @param streamPrefix what a stream's name begins with
 * @param replicas copies that a new stream keeps; null for three on a cluster, else one
 * @param retention how long messages are kept; null for ever
 * @param timeout how long one operation may take
 */
record NatsSettings(
    List<ServerAddress> servers,
    String subjectPrefix,
    String streamPrefix,
    @Nullable Integer replicas,
    @Nullable Duration retention,
    Credentials credentials,
    Tls tls,
    Duration timeout) {

  private static final Setting SERVERS =
      Setting.optional(
          "servers",
          new Setting.TextList(),
          "nats://127.0.0.1:4222",
          "the servers of one cluster, or the one server: nats://HOST:PORT, or tls://HOST:PORT");
  private static final Setting SUBJECT_PREFIX =
      Setting.optional(
          "subject_prefix",
          new Setting.Text(),
          "parley",
          "what the subjects of topics begin with: PREFIX.TOPIC");
  private static final Setting STREAM_PREFIX =
      Setting.optional(
          "stream_prefix",
          new Setting.Text(),
          "PARLEY_",
          "what the streams of topics begin with: PREFIX followed by the topic");
  private static final Setting REPLICAS =
      Setting.optional(
          "replicas",
          new Setting.WholeNumber(1, 5),
          null,
          "copies that a new stream keeps in the cluster; without it 3 on a cluster, else 1");
  private static final Setting RETENTION_DAYS =
      Setting.optional(
          "retention_days",
          new Setting.WholeNumber(1, 36_500),
          null,
          "delete messages older than this many days; without it they are kept for ever");

  /** Every key of this backend. */
  static final List<Setting> ALL =
      List.of(
          SERVERS,
          SUBJECT_PREFIX,
          STREAM_PREFIX,
          REPLICAS,
          RETENTION_DAYS,
          Credentials.USER,
          Credentials.PASSWORD,
          Credentials.TOKEN,
          Credentials.NKEY_FILE,
          Credentials.CREDS_FILE,
          Tls.REQUIRED,
          Tls.FIRST,
          Tls.AUTHORITY,
          Tls.CERTIFICATE,
          Tls.KEY,
          Setting.REQUEST_TIMEOUT);

  // What the server takes in a subject and in a stream's name, and a shell without quotes.
  private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
  private static final Pattern STREAM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Checks again what the config was checked for: a mistake here could delete messages. */
  static NatsSettings from(BackendConfig config) {
    var listed = config.texts(SERVERS.name());
    var servers =
        (listed.isEmpty() ? List.of("nats://127.0.0.1:4222") : listed)
            .stream().map(ServerAddress::of).toList();
    return new NatsSettings(
        servers,
        matching(SUBJECT_PREFIX, SUBJECT, config.text(SUBJECT_PREFIX.name()).orElse("parley")),
        matching(STREAM_PREFIX, STREAM, config.text(STREAM_PREFIX.name()).orElse("PARLEY_")),
        atLeastOne(config, REPLICAS).map(Long::intValue).orElse(null),
        atLeastOne(config, RETENTION_DAYS).map(Duration::ofDays).orElse(null),
        Credentials.from(config, servers),
        Tls.from(config, servers),
        config.requestTimeout());
  }

  /** Where the topics are, without secrets. */
  String place() {
    return "%s/%s".formatted(hosts(), streamPrefix);
  }

  /** The servers as a person reads them. */
  String hosts() {
    return String.join(", ", servers.stream().map(ServerAddress::host).toList());
  }

  private static String matching(Setting setting, Pattern form, String value) {
    if (!form.matcher(value).matches()) {
      throw Misconfigured.of(
          setting.name(),
          "is '%s'; it may hold letters, digits, '-' and '_'%s only"
              .formatted(value, setting.equals(SUBJECT_PREFIX) ? ", with '.' between" : ""));
    }
    return value;
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
