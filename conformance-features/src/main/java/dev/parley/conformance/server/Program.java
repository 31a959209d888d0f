package dev.parley.conformance.server;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program that tests start, as the words that start it. A program that is not there fails the
 * test with the command that gets it; no test is skipped for it.
 */
public record Program(List<String> command) {

  public Program {
    command = List.copyOf(command);
  }

  /**
   * A program of a Debian package: the one that the environment variable {@code PARLEY_TEST_NAME}
   * names (upper case, {@code -} as {@code _}), else the one in a folder where the package puts it,
   * else the one on the PATH.
   */
  public static Program installed(String name, String debianPackage, String... folders) {
    var onPath = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
    return named(name)
        .or(() ->
            Stream.concat(Stream.of(folders), Stream.of(onPath))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst())
        .map(path -> new Program(List.of(path.toString())))
        .orElseThrow(() ->
            new IllegalStateException(
                "%s is missing; get it with: apt-get install %s, or run ./check --install"
                    .formatted(name, debianPackage)));
  }

  /**
   * A program that Debian 12 has not got, from the folder of unpacked packages that {@code ./check
   * --install} fills; {@code PARLEY_TEST_NEW_NAME} names another one.
   */
  public static Program unpacked(String name) {
    return unpackedAs(name);
  }

  /**
   * The same, but it never waits for the disk. A killed server loses nothing by that, only a killed
   * machine would; and a busy disk makes no test slow.
   */
  public static Program unpackedUnsynced(String name) {
    return unpackedAs(name, "--unsynced");
  }

  private static Program unpackedAs(String name, String... options) {
    var given = named("new-" + name);
    if (given.isPresent()) {
      return new Program(List.of(given.get().toString()));
    }
    var prefix = cache().resolve("debian-sid-4");
    if (!Files.isExecutable(prefix.resolve("run"))) {
      throw new IllegalStateException(
          "%s of Debian's unstable suite is missing; run ./check --install".formatted(name));
    }
    var words = new ArrayList<>(List.of(prefix.resolve("run").toString()));
    words.addAll(List.of(options));
    words.add(name);
    return new Program(words);
  }

  /** The words that start the program with some arguments. */
  public List<String> with(String... arguments) {
    var words = new ArrayList<>(command);
    words.addAll(List.of(arguments));
    return words;
  }

  private static Optional<Path> named(String name) {
    var variable = "PARLEY_TEST_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    return Optional.ofNullable(System.getenv(variable)).map(Path::of);
  }

  private static Path cache() {
    var home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(folder -> !folder.isBlank())
        .map(Path::of)
        .orElse(Path.of(home, ".cache"))
        .resolve("parley-check");
  }
}
