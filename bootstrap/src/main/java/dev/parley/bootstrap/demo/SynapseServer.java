package dev.parley.bootstrap.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Synapse, with one account.
 *
 * @param command what starts it, but for its arguments
 */
record SynapseServer(List<String> command) implements ServerKind {

  private static final int KEY_BYTES = 32;

  /** The one on the PATH, or the one that the checks of a checkout have unpacked. */
  static SynapseServer installed() throws DemoFailed {
    return Programs.onPath("synapse_homeserver")
        .map(path -> List.of(path.toString()))
        .or(() -> unpacked().map(SynapseServer::python))
        .map(SynapseServer::new)
        .orElseThrow(() -> Programs.missing("synapse_homeserver", "matrix-synapse"));
  }

  private static Optional<Path> unpacked() {
    var cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(folder -> !folder.isBlank())
            .map(Path::of)
            .orElse(Path.of(System.getProperty("user.home"), ".cache"));
    return Optional.of(cache.resolve("parley-check/debian-sid-2"))
        .filter(folder ->
            Files.isDirectory(folder.resolve("root/usr/lib/python3/dist-packages/synapse")));
  }

  /** Its own Python, which must see nothing of the system's. */
  private static List<String> python(Path prefix) {
    return List.of(
        "env",
        "-i",
        "PATH=/usr/bin:/bin",
        "LANG=C.UTF-8",
        "PYTHONHOME=" + prefix.resolve("root/usr"),
        "PYTHONNOUSERSITE=1",
        prefix.resolve("run").toString(),
        "python3",
        "-m",
        "synapse.app.homeserver");
  }

  @Override
  public String program() {
    return command.size() == 1 ? command.getFirst() : "Synapse";
  }

  @Override
  public List<String> prepare(Path folder, int port, String password) throws IOException {
    var key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    var encoded = Base64.getEncoder().withoutPadding().encodeToString(key);
    Files.writeString(folder.resolve("signing.key"), "ed25519 a_demo %s\n".formatted(encoded));
    Files.writeString(folder.resolve("log.yaml"), LOG);
    var config = folder.resolve("homeserver.yaml");
    Files.writeString(config, configuration(port, folder));
    var words = new ArrayList<>(command);
    words.addAll(List.of("-c", config.toString()));
    return words;
  }

  private static String configuration(int port, Path folder) {
    return """
    server_name: "parley.demo"
    public_baseurl: "http://127.0.0.1:%1$d/"
    listeners:
      - port: %1$d
        tls: false
        type: http
        bind_addresses: ['127.0.0.1']
        resources: [{names: [client], compress: false}]
    database: {name: sqlite3, args: {database: %2$s/homeserver.db}}
    log_config: %2$s/log.yaml
    media_store_path: %2$s/media
    signing_key_path: %2$s/signing.key
    macaroon_secret_key: "%3$s"
    form_secret: "%3$s"
    enable_registration: true
    enable_registration_without_verification: true
    report_stats: false
    suppress_key_server_warning: true
    trusted_key_servers: []
    federation_domain_whitelist: []
    presence: {enabled: false}
    url_preview_enabled: false
    rc_message: {per_second: 1000, burst_count: 1000}
    rc_login: {address: {per_second: 1000, burst_count: 1000}, account: {per_second: 1000, burst_count: 1000}}
    """
        .formatted(port, folder, UUID.randomUUID());
  }

  @Override
  public String saysWhenReady() {
    return "now listening on TCP port";
  }

  @Override
  public void makeAccount(int port, String password) throws IOException, DemoFailed {
    var account =
        """
        {"username": "demo", "password": "%s", "auth": {"type": "m.login.dummy"}}
        """
            .formatted(password);
    var register =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/_matrix/client/v3/register".formatted(port)))
            .POST(BodyPublishers.ofString(account))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(register, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new DemoFailed("Synapse made no account: " + answer.body());
      }
    } catch (InterruptedException e) {
      throw new DemoFailed("interrupted");
    }
  }

  @Override
  public String url(int port, String password) {
    return "http://demo:%s@127.0.0.1:%d".formatted(password, port);
  }

  private static final String LOG =
      """
      version: 1
      handlers: {console: {class: logging.StreamHandler}}
      root: {level: WARNING, handlers: [console]}
      loggers: {synapse.app: {level: INFO}}
      disable_existing_loggers: false
      """;
}
