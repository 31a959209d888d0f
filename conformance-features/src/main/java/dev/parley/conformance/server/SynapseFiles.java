package dev.parley.conformance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** What a Synapse on the loopback address needs in its folder, where it also keeps its data. */
public final class SynapseFiles {

  /** Lines of a configuration that let everybody do as much as they like. */
  public static final String NO_LIMITS =
      """
      rc_message: {per_second: 1000, burst_count: 1000}
      rc_joins: {local: {per_second: 1000, burst_count: 1000}}
      rc_joins_per_room: {per_second: 1000, burst_count: 1000}
      rc_room_creation: {per_second: 1000, burst_count: 1000}
      rc_invites: {per_room: {per_second: 1000, burst_count: 1000}, per_user: {per_second: 1000, burst_count: 1000}, per_issuer: {per_second: 1000, burst_count: 1000}}
      rc_login: {address: {per_second: 1000, burst_count: 1000}, account: {per_second: 1000, burst_count: 1000}, failed_attempts: {per_second: 1000, burst_count: 1000}}
      """;

  /** Lines of a configuration with which {@link #addAccount} works. */
  public static final String OPEN_TO_ALL =
      """
      enable_registration: true
      enable_registration_without_verification: true
      rc_registration: {per_second: 1000, burst_count: 1000}
      """;

  private static final String LOG =
      """
      version: 1
      handlers: {console: {class: logging.StreamHandler}}
      root: {level: WARNING, handlers: [console]}
      disable_existing_loggers: false
      """;

  private static final int KEY_BYTES = 32;

  private final Path folder;

  /** The files of a folder. */
  public SynapseFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes the configuration, without rights to talk to other servers' keys.
   *
   * @param name the part after the colon of its users' ids
   * @param listener a further listener, as an item of the list; empty for none
   * @param more further lines
   */
  public void configure(String name, int port, String listener, String more) {
    var key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    var encoded = Base64.getEncoder().withoutPadding().encodeToString(key);
    write("signing.key", "ed25519 a_test %s\n".formatted(encoded));
    write("log.yaml", LOG);
    write(
        "homeserver.yaml",
        """
        server_name: "%1$s"
        public_baseurl: "http://127.0.0.1:%2$d/"
        listeners:
          - port: %2$d
            tls: false
            type: http
            bind_addresses: ['127.0.0.1']
            resources: [{names: [client], compress: false}]
        %4$s
        database: {name: sqlite3, args: {database: %3$s/homeserver.db}}
        log_config: %3$s/log.yaml
        media_store_path: %3$s/media
        signing_key_path: %3$s/signing.key
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
                .formatted(name, port, folder, listener)
            + more);
  }

  /** The words that run a Synapse in the foreground. */
  public List<String> command() {
    return Program.unpackedUnsynced("python3")
        .with("-m", "synapse.app.homeserver", "-c", folder.resolve("homeserver.yaml").toString());
  }

  /** Makes an account on a running server that is open to all. */
  public static void addAccount(int port, String user, String password) {
    var account =
        """
        {"username": "%s", "password": "%s", "auth": {"type": "m.login.dummy"}}
        """
            .formatted(user, password);
    try {
      var register =
          URI.create("http://127.0.0.1:%d/_matrix/client/v3/register".formatted(port)).toURL();
      var connection = (HttpURLConnection) register.openConnection();
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      connection.getOutputStream().write(account.getBytes(StandardCharsets.UTF_8));
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IllegalStateException(
            "Synapse made no account: " + connection.getResponseMessage());
      }
      connection.disconnect();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
