package dev.parley.bootstrap.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The distribution, unpacked into another folder. */
class DistributionIT {

  private static final String BLANKS = "a folder with blanks";

  /** Unpacked once, for the tests that change nothing in it. */
  @TempDir static Path shared;

  @TempDir Path folder;
  private Installation installation;

  @BeforeAll
  static void unpackOnce() throws IOException, InterruptedException {
    unpackInto(shared);
  }

  @BeforeEach
  void takeShared() {
    installation = new Installation(launcherIn(shared), folder);
  }

  /** For the tests that change it. */
  private void unpackOwn() throws IOException, InterruptedException {
    unpackInto(folder);
    installation = new Installation(launcherIn(folder), folder);
  }

  private static void unpackInto(Path folder) throws IOException, InterruptedException {
    var archive = Installation.target().resolve(Installation.required("parley.archive"));
    var home = Files.createDirectory(folder.resolve(BLANKS));
    var outcome =
        Installation.run(home, List.of("tar", "-xzf", archive.toString(), "-C", home.toString()));
    assertThat(outcome.exit()).as(outcome.err()).isZero();
  }

  private static Path launcherIn(Path folder) {
    return folder.resolve(BLANKS).resolve("parley/bin/parley");
  }

  @Test
  void works_from_another_folder_without_a_word_on_stderr()
      throws IOException, InterruptedException {
    post("hello");

    var fetched = installation.run("fetch", "--config", config(), "talk");

    assertThat(fetched.out()).contains("hello");
    assertThat(fetched.err()).isEmpty();
  }

  @Test
  void brings_completions() {
    assertThat(home().resolve("completions/parley.bash")).content().contains("parley");
  }

  @Test
  void keeps_messages_in_the_home_that_the_environment_names()
      throws IOException, InterruptedException {
    var home = Files.createDirectory(folder.resolve("a home"));
    Files.writeString(folder.resolve("parley.config.yaml"), "topics: [talk]\n");

    var outcome =
        Installation.run(
            folder,
            List.of(installation.launcher().toString(), "post", "talk", "hello"),
            Map.of("HOME", home.toString(), "JAVA_TOOL_OPTIONS", "-XX:AOTMode=on"));

    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(home.resolve(".local/share/parley/parley.db")).isNotEmptyFile();
  }

  @Test
  void starts_from_its_cache() throws IOException, InterruptedException {
    // In this mode the JVM refuses to start with a cache that does not fit it, these jars or this
    // place.
    var outcome = runWith("-XX:AOTMode=on", "--version");

    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out()).startsWith("parley ");
  }

  /** The check has installed the servers of these before it builds. */
  @ParameterizedTest
  @ValueSource(strings = {"nats", "postgres", "redis", "sqlite", "xmpp"})
  void starts_a_session_from_the_cache_of_its_backend(String backend)
      throws IOException, InterruptedException {
    var yaml =
        Files.writeString(
            folder.resolve("a.yaml"),
            "# a comment\nidentity: { handle: a }\nbackend: %s # ours\n".formatted(backend));
    var json =
        Files.writeString(
            folder.resolve("b.json"),
            "{ \"backend\": \"%s\", \"topics\": [\"%s-talk\"] }\n"
                .formatted(backend, backend.equals("nats") ? "redis" : "nats"));
    Files.copy(yaml, folder.resolve("parley.config.yaml"));

    for (var arguments :
        List.of(
            "--config '%s'".formatted(yaml),
            "-c '%s'".formatted(json),
            "'--config=%s'".formatted(json),
            "")) {
      assertThat(cacheOf(arguments))
          .as(arguments)
          .endsWith("/lib/parley-%s.aot".formatted(backend));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"backend: discord\n", "backend: [\n", "topics: [talk]\n", ""})
  void starts_from_the_cache_of_sqlite_where_the_backend_has_none(String config)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("parley.config.yaml"), config);

    assertThat(cacheOf("")).endsWith("/lib/parley-sqlite.aot");
  }

  /** The cache that the JVM of a session is told of. */
  private String cacheOf(String arguments) throws IOException, InterruptedException {
    var outcome = runWith("-XX:+PrintFlagsFinal", "serve " + arguments);
    return outcome
        .err()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("ccstr AOTCache "))
        .map(line -> line.replaceFirst(".*= (.*?) *\\{.*", "$1"))
        .collect(Collectors.joining(" and "));
  }

  /** Runs the launcher with an option for its JVM. */
  private Installation.Outcome runWith(String jvmOption, String arguments)
      throws IOException, InterruptedException {
    return Installation.run(
        folder,
        List.of("sh", "-c", "'%s' %s".formatted(installation.launcher(), arguments)),
        Map.of("JAVA_TOOL_OPTIONS", jvmOption));
  }

  @Test
  void notices_a_jar_that_is_newer_than_the_cache_and_starts_all_the_same()
      throws IOException, InterruptedException {
    unpackOwn();
    Files.setLastModifiedTime(
        home().resolve("lib/parley.jar"), FileTime.from(Instant.now().plusSeconds(60)));

    var outcome = installation.run("--version");

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.err()).contains("--train-cache");
  }

  @Test
  void notices_a_cache_of_another_jdk_and_starts_all_the_same()
      throws IOException, InterruptedException {
    unpackOwn();
    Files.writeString(home().resolve("lib/parley-sqlite.aot.jdk"), "\"25.0.0-other\"\n");

    var outcome = installation.run("--version");

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.err()).contains("--train-cache");
  }

  @Test
  void starts_with_a_damaged_cache() throws IOException, InterruptedException {
    unpackOwn();
    var cache = home().resolve("lib/parley-sqlite.aot");
    var size = Files.size(cache);
    var time = Files.getLastModifiedTime(cache);
    Files.write(cache, new byte[(int) (size / 2)]);
    Files.setLastModifiedTime(cache, time);

    var outcome = installation.run("--version");

    assertThat(outcome.exit()).as(outcome.err()).isZero();
  }

  @Test
  void renews_its_cache_on_request() throws IOException, InterruptedException {
    unpackOwn();
    Files.delete(home().resolve("lib/parley-sqlite.aot"));
    var old = Files.writeString(home().resolve("lib/parley.aot"), "of an earlier version");

    var outcome = installation.runFor(Duration.ofMinutes(5), "--train-cache");

    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(home().resolve("lib/parley-sqlite.aot")).isNotEmptyFile();
    assertThat(old).doesNotExist();
    assertThat(outcome.err())
        .isEqualToIgnoringNewLines("parley: start-up caches: nats, postgres, redis, sqlite, xmpp");
  }

  private Path home() {
    return installation.launcher().resolveSibling("..").normalize();
  }

  private String config() throws IOException {
    return installation.config("somebody").toString();
  }

  private void post(String content) throws IOException, InterruptedException {
    var outcome = installation.run("post", "--config", config(), "talk", content);
    assertThat(outcome.exit()).as(outcome.err()).isZero();
  }
}
