package dev.parley.bootstrap.meeting;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The servers' programs on this machine. */
final class Programs {

  private static final Path DEBIANS_POSTGRES = Path.of("/usr/lib/postgresql");

  private Programs() {}

  /** A program on the PATH, or in the folder that Debian keeps for servers. */
  static Optional<Path> onPath(String name) {
    var folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
    return Stream.concat(Stream.of(folders), Stream.of("/usr/sbin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The programs of the newest PostgreSQL where Debian puts them, which is not on the PATH. */
  static Optional<Path> newestPostgres() {
    try (var versions = Files.list(DEBIANS_POSTGRES)) {
      return versions
          .filter(folder -> Files.isExecutable(folder.resolve("bin/postgres")))
          .max(Comparator.comparingInt(Programs::version))
          .map(folder -> folder.resolve("bin"));
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }

  private static int version(Path folder) {
    try {
      return Integer.parseInt(folder.getFileName().toString());
    } catch (NumberFormatException notAVersion) {
      return 0;
    }
  }

  static MeetingFailed missing(String programs, String debianPackage) {
    return new MeetingFailed(
        "%s is not on this machine; install it (on Debian: apt-get install %s), or name a server with --url"
            .formatted(programs, debianPackage));
  }
}
