package dev.parley.adapters.outbound.matrix;

import dev.parley.conformance.server.Ports;
import dev.parley.conformance.server.ServerProcess;
import dev.parley.conformance.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A Synapse on the loopback address, with a folder of its own and a database in SQLite. */
final class SynapseServer implements TestServer {

  static final String NAME = "parley.test";
  // It takes 6 s of processor time, which a busy machine spreads over a minute.
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SECRET = "for-tests-only";

  private final Path folder;
  private final int port = Ports.free();
  private Optional<ServerProcess> process = Optional.empty();

  /**
   * A server, not started yet.
   *
   * @param more further lines of its configuration
   */
  SynapseServer(String more) {
    this(NAME, "", more);
  }

  /** The same under a name of its own, with a further listener, for other servers. */
  SynapseServer(String name, String listener, String more) {
    try {
      folder = Files.createTempDirectory("parley-synapse");
      var key = new byte[32];
      new SecureRandom().nextBytes(key);
      var encoded = Base64.getEncoder().withoutPadding().encodeToString(key);
      Files.writeString(folder.resolve("signing.key"), "ed25519 a_test %s\n".formatted(encoded));
      Files.writeString(folder.resolve("log.yaml"), LOG);
      Files.writeString(folder.resolve("homeserver.yaml"), configuration(name, listener) + more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String configuration(String name, String listener) {
    return """
    server_name: "%1$s"
    public_baseurl: "http://127.0.0.1:%2$d/"
    listeners:
      - port: %2$d
        tls: false
        type: http
        bind_addresses: ['127.0.0.1']
        resources: [{names: [client], compress: false}]
    %5$s
    database: {name: sqlite3, args: {database: %3$s/homeserver.db}}
    log_config: %3$s/log.yaml
    media_store_path: %3$s/media
    signing_key_path: %3$s/signing.key
    registration_shared_secret: "%4$s"
    macaroon_secret_key: "macaroons-for-tests-only"
    form_secret: "forms-for-tests-only"
    report_stats: false
    suppress_key_server_warning: true
    trusted_key_servers: []
    presence: {enabled: false}
    url_preview_enabled: false
    bcrypt_rounds: 4
    caches: {sync_response_cache_duration: 0s}
    """
        .formatted(name, port, folder, SECRET, listener);
  }

  /** A server that lets everybody do as much as they like, not started yet. */
  static SynapseServer withoutLimits() {
    return new SynapseServer(NO_LIMITS + ALONE);
  }

  /** The same, started. */
  SynapseServer started() {
    start();
    return this;
  }

  @Override
  public int port() {
    return port;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void start() {
    var command =
        SynapsePrefix.python(
            folder, "-m", "synapse.app.homeserver", "-c", folder.resolve("homeserver.yaml") + "");
    process = Optional.of(ServerProcess.start(command, folder));
    process.get().awaitReady(() -> MatrixClient.answers(url()), PATIENCE);
  }

  /** Makes an account, as its administrator does. */
  MatrixClient register(String user, String password, boolean administrator) {
    var path = "/_synapse/admin/v1/register";
    var anonymous = new MatrixClient(url(), "", "");
    var nonce = anonymous.get(path).path("nonce").asText();
    var kind = administrator ? "admin" : "notadmin";
    var request =
        Json.object()
            .put("nonce", nonce)
            .put("username", user)
            .put("password", password)
            .put("admin", administrator)
            .put("mac", mac(String.join("\0", nonce, user, password, kind)));
    var answer = anonymous.post(path, request);
    return new MatrixClient(
        url(), answer.path("user_id").asText(), answer.path("access_token").asText());
  }

  private static String mac(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many connections clients have to it. */
  long connections() {
    var local = "0100007F:%04X".formatted(port);
    try (Stream<String> lines = Files.lines(Path.of("/proc/net/tcp"))) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(columns -> columns[1].equals(local) && columns[3].equals("01"))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    process.ifPresent(ServerProcess::stop);
    process = Optional.empty();
  }

  @Override
  public void kill() {
    process.ifPresent(ServerProcess::kill);
    process = Optional.empty();
  }

  @Override
  public void close() {
    kill();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final String ALONE =
      """
      federation_domain_whitelist: []
      """;

  static final String NO_LIMITS =
      """
      rc_message: {per_second: 1000, burst_count: 1000}
      rc_joins: {local: {per_second: 1000, burst_count: 1000}}
      rc_joins_per_room: {per_second: 1000, burst_count: 1000}
      rc_room_creation: {per_second: 1000, burst_count: 1000}
      rc_invites: {per_room: {per_second: 1000, burst_count: 1000}, per_user: {per_second: 1000, burst_count: 1000}, per_issuer: {per_second: 1000, burst_count: 1000}}
      rc_login: {address: {per_second: 1000, burst_count: 1000}, account: {per_second: 1000, burst_count: 1000}, failed_attempts: {per_second: 1000, burst_count: 1000}}
      """;

  private static final String LOG =
      """
      version: 1
      handlers: {console: {class: logging.StreamHandler}}
      root: {level: WARNING, handlers: [console]}
      disable_existing_loggers: false
      """;
}
