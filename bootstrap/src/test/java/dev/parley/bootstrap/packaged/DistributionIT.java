package dev.parley.bootstrap.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution, unpacked into another folder. */
class DistributionIT {

  @TempDir Path folder;
  private Installation installation;

  @BeforeEach
  void unpack() throws IOException, InterruptedException {
    var archive = Installation.target().resolve(Installation.required("parley.archive"));
    var home = Files.createDirectory(folder.resolve("a folder with blanks"));
    var outcome =
        Installation.run(home, List.of("tar", "-xzf", archive.toString(), "-C", home.toString()));
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    installation = new Installation(home.resolve("parley/bin/parley"), folder);
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
  void starts_from_its_cache() throws IOException, InterruptedException {
    // In this mode the JVM refuses to start with a cache that does not fit it, these jars or this
    // place.
    var outcome =
        Installation.run(
            folder,
            List.of(
                "sh",
                "-c",
                "JAVA_TOOL_OPTIONS=-XX:AOTMode=on '%s' --version"
                    .formatted(installation.launcher())));

    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out()).startsWith("parley ");
  }

  @Test
  void notices_a_jar_that_is_newer_than_the_cache_and_starts_all_the_same()
      throws IOException, InterruptedException {
    Files.setLastModifiedTime(
        home().resolve("lib/parley.jar"), FileTime.from(Instant.now().plusSeconds(60)));

    var outcome = installation.run("--version");

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.err()).contains("--train-cache");
  }

  @Test
  void notices_a_cache_of_another_jdk_and_starts_all_the_same()
      throws IOException, InterruptedException {
    Files.writeString(home().resolve("lib/parley.aot.jdk"), "\"25.0.0-other\"\n");

    var outcome = installation.run("--version");

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.err()).contains("--train-cache");
  }

  @Test
  void starts_with_a_damaged_cache() throws IOException, InterruptedException {
    var cache = home().resolve("lib/parley.aot");
    var size = Files.size(cache);
    var time = Files.getLastModifiedTime(cache);
    Files.write(cache, new byte[(int) (size / 2)]);
    Files.setLastModifiedTime(cache, time);

    var outcome = installation.run("--version");

    assertThat(outcome.exit()).as(outcome.err()).isZero();
  }

  @Test
  void renews_its_cache_on_request() throws IOException, InterruptedException {
    Files.delete(home().resolve("lib/parley.aot"));

    var outcome = installation.run("--train-cache");

    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(home().resolve("lib/parley.aot")).isNotEmptyFile();
  }

  private Path home() {
    return folder.resolve("a folder with blanks/parley");
  }

  private String config() throws IOException {
    return installation.config("somebody").toString();
  }

  private void post(String content) throws IOException, InterruptedException {
    var outcome = installation.run("post", "--config", config(), "talk", content);
    assertThat(outcome.exit()).as(outcome.err()).isZero();
  }
}
