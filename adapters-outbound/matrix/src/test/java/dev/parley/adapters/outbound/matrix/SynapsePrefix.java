package dev.parley.adapters.outbound.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Synapse as {@code ./check --install} unpacks it, with the Python and the libraries it needs. */
final class SynapsePrefix {

  private static final String SYNAPSE = "root/usr/lib/python3/dist-packages/synapse";

  private SynapsePrefix() {}

  /** The words that run its Python, which must see nothing of the system's own. */
  static List<String> python(Path home, String... arguments) {
    var prefix = find();
    var words =
        new ArrayList<>(
            List.of(
                "env",
                "-i",
                "PATH=/usr/bin:/bin",
                "HOME=" + home,
                "LANG=C.UTF-8",
                "PYTHONHOME=" + prefix.resolve("root/usr"),
                "PYTHONNOUSERSITE=1",
                prefix.resolve("run").toString(),
                "python3"));
    words.addAll(List.of(arguments));
    return words;
  }

  private static Path find() {
    var home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    var cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(folder -> !folder.isBlank())
            .map(Path::of)
            .orElse(Path.of(home, ".cache"))
            .resolve("parley-check");
    try (var folders = Files.list(cache)) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith("debian-"))
          .filter(folder -> Files.isDirectory(folder.resolve(SYNAPSE)))
          .max(Comparator.naturalOrder())
          .orElseThrow(SynapsePrefix::missing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IllegalStateException missing() {
    return new IllegalStateException(
        "Synapse of Debian's unstable suite is missing; run ./check --install");
  }
}
