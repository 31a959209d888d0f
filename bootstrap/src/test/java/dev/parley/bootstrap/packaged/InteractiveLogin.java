package dev.parley.bootstrap.packaged;

import static org.awaitility.Awaitility.await;

import dev.parley.bootstrap.packaged.Installation.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A program that prints the address of a page, and waits until its user decided there. */
final class InteractiveLogin {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path output;

  private InteractiveLogin(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts the program; what it keeps for its user, it keeps in the folder. */
  static InteractiveLogin start(Path folder, List<String> command) throws IOException {
    var output = Files.createTempFile(folder, "login", ".txt");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment(folder));
    return new InteractiveLogin(builder.start(), output);
  }

  /**
   * Lets the inspector ask where there is no terminal, and keep tokens where there is no keychain.
   */
  static Map<String, String> environment(Path folder) {
    return Map.of(
        "HOME",
        folder.toString(),
        "MCP_AUTO_OPEN_ENABLED",
        "true",
        "MCP_INSPECTOR_SECRET_STORE",
        "file");
  }

  /** Has the owner allow what the page that begins like this asks, and waits for the end. */
  Outcome allowedBy(Owner owner, String page) throws IOException, InterruptedException {
    try {
      var url = Pattern.compile(Pattern.quote(page) + "\\S+");
      await().atMost(PATIENCE).until(() -> url.matcher(said()).find() || !process.isAlive());
      var matcher = url.matcher(said());
      if (!matcher.find()) {
        throw new AssertionError("it asked for no login: " + said());
      }
      var _ = owner.allowAndReturn(URI.create(matcher.group()));
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("it did not end after the login: " + said());
      }
      return new Outcome(process.exitValue(), said(), "");
    } finally {
      process.destroyForcibly();
    }
  }

  private String said() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
