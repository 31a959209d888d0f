package dev.parley.adapters.outbound.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.Draft;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of a file system that only a file system can have: a process of its own mounts one for
 * itself, by {@code unshare} of Linux.
 */
@Timeout(60)
class FileSystemFaultsTest {

  private static final TopicName TOPIC = new TopicName("ctx");

  @TempDir Path folder;

  @BeforeAll
  static void canMount() throws IOException, InterruptedException {
    var probe = unshared("mount -t tmpfs none /mnt").start();
    assertThat(probe.waitFor(10, TimeUnit.SECONDS) && probe.exitValue() == 0)
        .as("these tests need Linux and a user who may make mount namespaces, such as root")
        .isTrue();
  }

  /** Does what its first argument says to the database named by the second, and reports. */
  public static void main(String[] arguments) throws IOException {
    var database = Path.of(arguments[1]);
    try (var backend = Fixture.open(database)) {
      switch (arguments[0]) {
        case "fill" -> fill(backend, database);
        case "post" -> report(backend, "x");
        default -> throw new IllegalArgumentException(arguments[0]);
      }
      System.out.println(Fixture.history(backend, TOPIC, 100).size() + " in the history");
    }
  }

  private static void fill(Backend backend, Path database) throws IOException {
    var ballast = database.resolveSibling("ballast");
    Files.write(ballast, new byte[300_000]);
    var stored = 0;
    while (report(backend, "x".repeat(20_000))) {
      stored++;
    }
    System.out.println(stored + " stored");
    report(backend, "y".repeat(20_000));
    Files.delete(ballast);
    report(backend, "z".repeat(20_000));
  }

  private static boolean report(Backend backend, String content) {
    var start = System.nanoTime();
    try {
      backend.post(Draft.of(TOPIC, content));
      return true;
    } catch (BackendException failure) {
      System.out.println(failure.getClass().getSimpleName() + ": " + failure.getMessage());
      return false;
    } finally {
      if (System.nanoTime() - start > Duration.ofSeconds(12).toNanos()) {
        System.out.println("too late");
      }
    }
  }

  @Test
  void a_full_disk_is_named_and_takes_nothing_that_was_stored()
      throws IOException, InterruptedException {
    var database = folder.resolve("bus.db");
    var said = run("mount -t tmpfs -o size=1m none " + folder, "fill", database);

    assertThat(said).hasSize(4);
    assertThat(said.subList(0, 3))
        .filteredOn(line -> line.startsWith("Unavailable: "))
        .hasSize(2)
        .allSatisfy(
            line -> assertThat(line).contains("the disk that holds the database " + database));
    var stored = Integer.parseInt(said.get(1).replace(" stored", ""));
    assertThat(stored).isGreaterThan(3);
    assertThat(said.getLast()).isEqualTo((stored + 1) + " in the history");
  }

  @Test
  void a_read_only_file_system_is_named_and_can_still_be_read()
      throws IOException, InterruptedException {
    var database = folder.resolve("bus.db");
    try (var backend = Fixture.open(database)) {
      backend.post(Draft.of(TOPIC, "before"));
      var said =
          run(
              "mount --bind %1$s %1$s && mount -o remount,ro,bind %1$s".formatted(folder),
              "post",
              database);

      assertThat(said)
          .containsExactly(
              "AccessDenied: the database %s is read-only: make the file and its folder writable for this user"
                  .formatted(database),
              "1 in the history");
    }
  }

  private static List<String> run(String mount, String what, Path database)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    for (var word : Processes.command(FileSystemFaultsTest.class, what, database.toString())) {
      command.add("'" + word + "'");
    }
    var process = unshared(mount + " && exec " + String.join(" ", command)).start();
    try (var output = process.inputReader()) {
      var said = output.lines().toList();
      assertThat(process.waitFor()).as("%s", said).isZero();
      return said;
    }
  }

  private static ProcessBuilder unshared(String script) {
    return new ProcessBuilder("unshare", "--map-root-user", "--mount", "sh", "-c", script)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }
}
