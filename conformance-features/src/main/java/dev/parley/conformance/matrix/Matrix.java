package dev.parley.conformance.matrix;

import dev.parley.conformance.Law;
import dev.parley.conformance.matrix.Column.Cell;
import dev.parley.conformance.matrix.Column.Verdict;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The matrix of backends and laws, which is a page of Markdown and can be read back from it. */
final class Matrix {

  private static final String NO_DOUBLE = "real";
  private static final String DOUBLE = "double, checked against ";
  private static final String ABSENCE = "- ";
  private static final String HEAD =
      """
      # Conformance

      Which backend keeps which law of the seam, on which server. Generated from the last run of the
      conformance suite on each backend; never edited. `in part` means: kept, but for what the
      backend declares that it has not got, listed below.

      ## Servers

      | backend | server | version seen | real or double |
      |---|---|---|---|
      """;

  private final Map<String, Column> columns;

  private Matrix(Map<String, Column> columns) {
    this.columns = new TreeMap<>(columns);
  }

  static Matrix of(Collection<Column> columns) {
    return new Matrix(columns.stream().collect(Collectors.toMap(Column::key, c -> c)));
  }

  Collection<Column> columns() {
    return columns.values();
  }

  /** This matrix with the columns of another one added, or put in the place of its own. */
  Matrix with(Matrix newer) {
    var merged = new TreeMap<>(columns);
    merged.putAll(newer.columns);
    return new Matrix(merged);
  }

  /** This matrix with the versions that another one has seen. */
  Matrix withVersionsOf(Matrix other) {
    var same = new TreeMap<>(columns);
    same.replaceAll((key, column) ->
        other.columns.containsKey(key)
            ? column.withVersion(other.columns.get(key).version())
            : column);
    return new Matrix(same);
  }

  /** The page. */
  String page() {
    var page = new StringBuilder(HEAD);
    for (var column : columns.values()) {
      var checked = column.checkedAgainst();
      page.append(
          row(
              Stream.of(
                  column.backend(),
                  column.product(),
                  column.version(),
                  checked.isEmpty() ? NO_DOUBLE : DOUBLE + checked)));
    }
    page.append("\n## Laws\n\n");
    page.append(row(Stream.concat(Stream.of("law"), columns.keySet().stream())));
    page.append("|---".repeat(columns.size() + 1)).append("|\n");
    for (var law : Law.values()) {
      var words = columns.values().stream().map(c -> cell(c, law).verdict().word());
      page.append(row(Stream.concat(Stream.of(law + " " + law.title()), words)));
    }
    page.append("\n## Declared absent\n\n");
    for (var column : columns.values()) {
      for (var law : Law.values()) {
        if (!cell(column, law).absences().isEmpty()) {
          page.append(ABSENCE + column.key() + ", " + law + ": ")
              .append(cell(column, law).absences())
              .append('\n');
        }
      }
    }
    return page.toString();
  }

  /** The matrix of a page. */
  static Matrix parse(String page) {
    var rows = page.lines().filter(line -> line.startsWith("| ")).map(Matrix::cells).toList();
    var lawsAt = rows.stream().map(List::getFirst).toList().indexOf("law");
    if (lawsAt < 1) {
      throw new IllegalArgumentException("the page has no table of laws");
    }
    var absences = page.lines().filter(line -> line.startsWith(ABSENCE)).toList();
    return of(
        rows.subList(1, lawsAt).stream()
            .map(server -> column(server, rows.subList(lawsAt, rows.size()), absences))
            .toList());
  }

  private static Column column(
      List<String> server, List<List<String>> laws, List<String> absences) {
    var kind = server.get(3);
    var checked = kind.equals(NO_DOUBLE) ? "" : kind.substring(DOUBLE.length());
    var cells = new EnumMap<Law, Cell>(Law.class);
    var empty = new Column(server.get(0), server.get(1), server.get(2), checked, cells);
    var at = laws.getFirst().indexOf(empty.key());
    for (var row : laws.subList(1, laws.size())) {
      var law = Law.valueOf(row.getFirst().substring(0, 3));
      var start = ABSENCE + empty.key() + ", " + law + ": ";
      var absence =
          absences.stream()
              .filter(line -> line.startsWith(start))
              .map(line -> line.substring(start.length()))
              .findFirst()
              .orElse("");
      cells.put(law, new Cell(verdict(row.get(at)), absence));
    }
    return new Column(server.get(0), server.get(1), server.get(2), checked, cells);
  }

  private static Verdict verdict(String word) {
    return Arrays.stream(Verdict.values())
        .filter(verdict -> verdict.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such verdict: " + word));
  }

  private static Cell cell(Column column, Law law) {
    var cell = column.cells().get(law);
    if (cell == null) {
      throw new IllegalArgumentException(
          "%s has no verdict on %s: run its whole suite".formatted(column.key(), law));
    }
    return cell;
  }

  private static String row(Stream<String> cells) {
    return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static List<String> cells(String row) {
    return List.of(row.substring(2, row.length() - 2).split(" \\| ", -1));
  }
}
