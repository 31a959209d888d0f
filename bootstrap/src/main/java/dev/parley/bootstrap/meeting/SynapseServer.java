package dev.parley.bootstrap.meeting;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Synapse, with one account, and without limits on how fast it may post. */
record SynapseServer(Path path) implements ServerKind {

  private static final int KEY_BYTES = 32;

  private static final String LOG =
      """
      version: 1
      handlers: {console: {class: logging.StreamHandler}}
      root: {level: WARNING, handlers: [console]}
      loggers: {synapse.app: {level: INFO}}
      disable_existing_loggers: false
      """;

  static ServerKind installed() throws MeetingFailed {
    return new SynapseServer(
        Programs.onPath("synapse_homeserver")
            .orElseThrow(() ->
                new MeetingFailed(
                    "synapse_homeserver is not on this machine; install Synapse (pip install"
                        + " matrix-synapse, or the package of your system), or name a server with"
                        + " --url")));
  }

  @Override
  public String program() {
    return path.toString();
  }

  @Override
  public List<String> prepare(Path folder, int port, String password) throws IOException {
    var key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    var encoded = Base64.getEncoder().withoutPadding().encodeToString(key);
    Files.writeString(folder.resolve("signing.key"), "ed25519 a_demo %s\n".formatted(encoded));
    Files.writeString(folder.resolve("log.yaml"), LOG);
    var config = folder.resolve("homeserver.yaml");
    Files.writeString(
        config,
        """
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
            .formatted(port, folder, UUID.randomUUID()));
    return List.of(program(), "-c", config.toString());
  }

  @Override
  public String saysWhenReady() {
    return "now listening on TCP port";
  }

  @Override
  public void makeAccount(int port, String password) throws IOException, MeetingFailed {
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
        throw new MeetingFailed(
            "Synapse made no account: it answered with status %d".formatted(answer.statusCode()));
      }
    } catch (InterruptedException e) {
      throw new MeetingFailed("interrupted");
    }
  }

  @Override
  public String url(int port, String password) {
    return "http://demo:%s@127.0.0.1:%d".formatted(password, port);
  }
}
