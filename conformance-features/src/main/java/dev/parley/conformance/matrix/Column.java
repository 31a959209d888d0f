package dev.parley.conformance.matrix;

import dev.parley.conformance.Law;
import dev.parley.conformance.SuiteRun;
import dev.parley.conformance.Verdicts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one run found out: one column of the matrix, and one file of tab-separated fields. The first
 * line is {@code server}, backend, product, version, what a double was checked against; then comes
 * one line per law: id, verdict, what is declared absent.
 *
 * @param checkedAgainst what a double was checked against; empty for the real thing
 */
record Column(
    String backend, String product, String version, String checkedAgainst, Map<Law, Cell> cells) {

  private static final String SEPARATOR = "\t";

  /**
   * One law on one server.
   *
   * @param absences what is declared absent; empty for nothing
   */
  record Cell(Verdict verdict, String absences) {}

  /** What became of a law. */
  enum Verdict {
    /** Kept in full. */
    KEPT("kept"),
    /** Kept, but for what the backend declares that it has not got. */
    IN_PART("in part"),
    /** At least one scenario failed. */
    BROKEN("BROKEN");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  Column {
    cells = Map.copyOf(cells);
  }

  /** What tells one column from another. */
  String key() {
    return "%s (%s)".formatted(backend, product);
  }

  /** The same with another version, which comes and goes with the machine. */
  Column withVersion(String other) {
    return new Column(backend, product, other, checkedAgainst, cells);
  }

  /** The column of a run in which every law was tried. */
  static Column of(SuiteRun run) {
    var server = run.backend().server();
    var cells = new TreeMap<Law, Cell>();
    run.verdicts().tried().forEach(law -> cells.put(law, cell(law, run.verdicts())));
    var checkedAgainst = server.checkedAgainst() == null ? "" : server.checkedAgainst();
    return new Column(
        run.backend().plugin().name(), server.product(), server.version(), checkedAgainst, cells);
  }

  private static Cell cell(Law law, Verdicts verdicts) {
    var absences = String.join("; ", verdicts.absences(law));
    if (verdicts.failures().containsKey(law)) {
      return new Cell(Verdict.BROKEN, absences);
    }
    return new Cell(absences.isEmpty() ? Verdict.KEPT : Verdict.IN_PART, absences);
  }

  /** Writes the column to a folder, in a file of its own name. */
  void write(Path folder) {
    var lines = new ArrayList<String>();
    lines.add(String.join(SEPARATOR, "server", backend, product, version, checkedAgainst));
    new TreeMap<>(cells)
        .forEach((law, cell) ->
            lines.add(String.join(SEPARATOR, law.name(), cell.verdict().name(), cell.absences())));
    var name = key().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", "");
    try {
      Files.write(Files.createDirectories(folder).resolve(name + ".tsv"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a file that a run has written. */
  static Column read(Path file) {
    try {
      return parse(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Column parse(List<String> lines) {
    var server = lines.getFirst().split(SEPARATOR, -1);
    var cells = new TreeMap<Law, Cell>();
    for (var line : lines.subList(1, lines.size())) {
      var fields = line.split(SEPARATOR, -1);
      cells.put(Law.valueOf(fields[0]), new Cell(Verdict.valueOf(fields[1]), fields[2]));
    }
    return new Column(server[1], server[2], server[3], server[4], cells);
  }
}
