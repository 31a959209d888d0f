package dev.parley.conformance.matrix;

import dev.parley.conformance.BackendUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/**
 * The verdicts of one run as lines of tab-separated fields: one {@code server} line (backend,
 * product, version, what a double was checked against), then one line per law (id, verdict, what is
 * declared absent).
 */
final class VerdictFile {

  private VerdictFile() {}

  /** Writes the file when every law was tried; a run of a few laws leaves it as it is. */
  static void write(BackendUnderTest backend, Verdicts verdicts) {
    if (verdicts.tried().size() < Law.values().length) {
      return;
    }
    var server = backend.server();
    var lines = new ArrayList<String>();
    lines.add(
        String.join(
            "\t",
            "server",
            backend.plugin().name(),
            server.product(),
            server.version(),
            server.checkedAgainst() == null ? "" : server.checkedAgainst()));
    for (var law : Law.values()) {
      var verdict = verdicts.failures().containsKey(law) ? "failed" : "passed";
      lines.add(String.join("\t", law.name(), verdict, String.join("; ", verdicts.absences(law))));
    }
    var name = (backend.plugin().name() + "-" + server.product()).replaceAll("[^A-Za-z0-9]+", "-");
    try {
      var folder = Files.createDirectories(Path.of("target", "conformance"));
      Files.write(folder.resolve(name + ".tsv"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
