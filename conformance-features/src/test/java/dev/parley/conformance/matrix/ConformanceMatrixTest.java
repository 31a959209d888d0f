package dev.parley.conformance.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.Law;
import dev.parley.conformance.matrix.Column.Cell;
import dev.parley.conformance.matrix.Column.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceMatrixTest {

  @TempDir private Path checkout;

  @BeforeEach
  void twoBackendsRan() {
    ran("sqlite", column("sqlite", "SQLite", "3.54.1", ""));
    ran("slack", column("slack", "Slack", "double 1", "emulate 0.12.2"));
  }

  @Test
  void aPageMadeFromTheResultsIsNotStale() throws IOException {
    assertThat(run()).isEmpty();
    assertThat(run("--check")).isEmpty();
  }

  @Test
  void thePageShowsBackendsServersLawsAndWhatIsAbsent() throws IOException {
    run();
    assertThat(page())
        .contains(
            "| slack | Slack | double 1 | double, checked against emulate 0.12.2 |",
            "| sqlite | SQLite | 3.54.1 | real |",
            "| law | slack (Slack) | sqlite (SQLite) |",
            "| S01 durable | kept | kept |",
            "| S12 threads | in part | in part |",
            "- sqlite (SQLite), S12: thread parents; something else");
  }

  @Test
  void aMissingPageIsStale() throws IOException {
    assertThat(run("--check")).contains("stale", "conformance.md", "sqlite (SQLite)");
  }

  @Test
  void aBrokenLawMakesThePageStale() throws IOException {
    run();
    var cells = new EnumMap<>(column("sqlite", "SQLite", "3.54.1", "").cells());
    cells.put(Law.S06, new Cell(Verdict.BROKEN, ""));
    ran("sqlite", new Column("sqlite", "SQLite", "3.54.1", "", cells));
    assertThat(run("--check")).contains("stale");
    run();
    assertThat(page()).contains("| S06 no holes under concurrency | kept | BROKEN |");
  }

  @Test
  void aNewBackendMakesThePageStale() throws IOException {
    run();
    ran("redis", column("redis", "Redis", "7.0.15", ""));
    assertThat(run("--check")).contains("stale");
  }

  @Test
  void anotherVersionOfTheServerDoesNot() throws IOException {
    run();
    ran("sqlite", column("sqlite", "SQLite", "3.55.0", ""));
    assertThat(run("--check")).isEmpty();
  }

  @Test
  void aBackendThatDidNotRunKeepsItsColumn() throws IOException {
    run();
    Files.delete(checkout.resolve("adapters-outbound/slack/target/conformance/slack-Slack.tsv"));
    assertThat(run("--check")).isEmpty();
    run();
    assertThat(page()).contains("slack (Slack)");
  }

  @Test
  void withoutAnyResultNothingIsWritten() throws IOException {
    Files.delete(checkout.resolve("adapters-outbound/slack/target/conformance/slack-Slack.tsv"));
    Files.delete(checkout.resolve("adapters-outbound/sqlite/target/conformance/sqlite-SQLite.tsv"));
    assertThat(run()).contains("no results");
    assertThat(checkout.resolve("docs")).doesNotExist();
  }

  private void ran(String module, Column column) {
    column.write(checkout.resolve("adapters-outbound/" + module + "/target/conformance"));
  }

  private String run(String... options) throws IOException {
    var matrix = new ConformanceMatrix(checkout);
    return List.of(options).contains("--check") ? matrix.check() : matrix.make();
  }

  private String page() throws IOException {
    return Files.readString(checkout.resolve("docs/conformance.md"));
  }

  private static Column column(String backend, String product, String version, String checked) {
    var cells = new EnumMap<Law, Cell>(Law.class);
    Arrays.stream(Law.values()).forEach(law -> cells.put(law, new Cell(Verdict.KEPT, "")));
    cells.put(Law.S12, new Cell(Verdict.IN_PART, "thread parents; something else"));
    return new Column(backend, product, version, checked, cells);
  }
}
