package dev.parley.adapters.outbound.matrix;

import dev.parley.conformance.server.Ports;
import dev.parley.conformance.server.ServerProcess;
import dev.parley.conformance.server.SynapseFiles;
import dev.parley.conformance.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
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
  private final SynapseFiles files;
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
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files = new SynapseFiles(folder);
    files.configure(
        name, port, listener, "registration_shared_secret: \"%s\"\n".formatted(SECRET) + more);
  }

  /** A server that lets everybody do as much as they like, not started yet. */
  static SynapseServer withoutLimits() {
    return new SynapseServer(SynapseFiles.NO_LIMITS + ALONE);
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
    process = Optional.of(ServerProcess.start(files.command(), folder));
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
}
