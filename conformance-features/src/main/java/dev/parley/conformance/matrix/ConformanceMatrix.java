package dev.parley.conformance.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes {@code docs/conformance.md} from what the runs of the suite left in {@code
 * adapters-outbound/*}{@code /target/conformance}:
 *
 * <pre>{@code
 * java -cp conformance-features/target/classes dev.parley.conformance.matrix.ConformanceMatrix [--check] [CHECKOUT]
 * }</pre>
 *
 * <p>Backends that did not run keep their column; to drop one, delete the page and run all. With
 * {@code --check} nothing is written, and the exit code is 1 when the page is stale: when a backend
 * that ran is missing there, or has other verdicts, other absences, or another server. The version
 * of a server is shown as it was seen when the page was made, and differs from machine to machine:
 * a different one does not make the page stale.
 */
public final class ConformanceMatrix {

  private static final String CHECK = "--check";

  private final Path checkout;
  private final Path page;

  ConformanceMatrix(Path checkout) {
    this.checkout = checkout;
    this.page = checkout.resolve("docs").resolve("conformance.md");
  }

  /** Makes or checks the page. */
  public static void main(String[] args) throws IOException {
    var arguments = new ArrayList<>(List.of(args));
    var check = arguments.remove(CHECK);
    if (arguments.size() > 1 || arguments.stream().anyMatch(a -> a.startsWith("-"))) {
      System.err.println("usage: ConformanceMatrix [--check] [CHECKOUT]");
      System.exit(2);
    }
    var matrix = new ConformanceMatrix(Path.of(arguments.isEmpty() ? "." : arguments.getFirst()));
    var complaint = check ? matrix.check() : matrix.make();
    if (!complaint.isEmpty()) {
      System.err.println(complaint);
      System.exit(1);
    }
  }

  /** Writes the page; returns what is wrong, or nothing. */
  String make() throws IOException {
    var results = results();
    if (results.columns().isEmpty()) {
      return noResults();
    }
    Files.createDirectories(page.getParent());
    Files.writeString(page, committed().with(results).page());
    return "";
  }

  /** Compares the page with the results; returns what is wrong, or nothing. */
  String check() throws IOException {
    var results = results();
    if (results.columns().isEmpty()) {
      return noResults();
    }
    var committed = committed();
    var expected = committed.with(results).withVersionsOf(committed);
    if (Files.exists(page) && Files.readString(page).equals(expected.page())) {
      return "";
    }
    return "%s is stale: its laws, backends or verdicts are not those of the last runs of %s; look at what changed, then run java -cp conformance-features/target/classes %s and commit the page"
        .formatted(
            page,
            results.columns().stream().map(Column::key).toList(),
            ConformanceMatrix.class.getName());
  }

  private Matrix committed() throws IOException {
    return Files.exists(page) ? Matrix.parse(Files.readString(page)) : Matrix.of(List.of());
  }

  private Matrix results() throws IOException {
    var folders = new ArrayList<Path>();
    try (var modules = Files.newDirectoryStream(checkout.resolve("adapters-outbound"))) {
      for (var module : modules) {
        folders.add(module.resolve("target").resolve("conformance"));
      }
    }
    var columns = new ArrayList<Column>();
    for (var folder : folders) {
      if (Files.isDirectory(folder)) {
        try (var files = Files.newDirectoryStream(folder, "*.tsv")) {
          files.forEach(file -> columns.add(Column.read(file)));
        }
      }
    }
    return Matrix.of(columns);
  }

  private String noResults() {
    return "no results of the conformance suite below %s: run the tests of at least one backend first"
        .formatted(checkout.resolve("adapters-outbound"));
  }
}
