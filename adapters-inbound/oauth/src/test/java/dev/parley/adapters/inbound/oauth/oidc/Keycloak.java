package dev.parley.adapters.inbound.oauth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** A Keycloak in development mode, which forgets everything when it stops. */
final class Keycloak implements AutoCloseable {

  private static final Pattern LISTENING =
      Pattern.compile("Listening on: http://127\\.0\\.0\\.1:([0-9]+)");
  private static final Duration START = Duration.ofMinutes(5);

  private final Process process;
  private final int port;

  /**
   * Starts one and waits until it is there.
   *
   * @param home where it was unpacked
   * @param port 0 for any that is free
   */
  Keycloak(Path home, Path log, int port) throws IOException {
    var starting =
        new ProcessBuilder(
                "sh",
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--db=dev-mem",
                "--cache=local",
                "--http-host=127.0.0.1",
                "--http-port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    starting.environment().put("JAVA_HOME", System.getProperty("java.home"));
    starting.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", KeycloakAdmin.ADMIN);
    starting.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", KeycloakAdmin.ADMIN);
    this.process = starting.start();
    this.port = await().atMost(START).until(() -> port(log), Optional::isPresent).orElseThrow();
  }

  private Optional<Integer> port(Path log) {
    try {
      var said = Files.readString(log, StandardCharsets.UTF_8);
      assertThat(process.isAlive()).as(said).isTrue();
      return LISTENING.matcher(said).results().findFirst().map(m -> Integer.valueOf(m.group(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  String issuer() {
    return url() + "/realms/parley";
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }
}
