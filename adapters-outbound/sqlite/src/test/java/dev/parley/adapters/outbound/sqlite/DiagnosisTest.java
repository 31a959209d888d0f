package dev.parley.adapters.outbound.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosisTest {

  private Path folder;
  private Path database;

  @BeforeEach
  void choose(@TempDir Path folder) {
    this.folder = folder;
    database = folder.resolve("bus.db");
  }

  @Test
  void a_sound_database_passes_every_check() {
    Fixture.open(database).close();

    assertThat(findings(database))
        .allSatisfy(finding -> assertThat(finding.level()).isEqualTo(Level.OK))
        .extracting(Finding::check)
        .containsExactly(
            "database file",
            "permissions",
            "file system",
            "live push",
            "opens",
            "writable",
            "integrity");
  }

  @Test
  void a_database_not_made_yet_is_fine_and_is_not_made_by_looking() {
    assertThat(findings(database))
        .singleElement()
        .satisfies(finding -> assertThat(finding.level()).isEqualTo(Level.OK));
    assertThat(database).doesNotExist();
  }

  @Test
  void a_missing_folder_is_a_problem_with_a_remedy() {
    assertThat(findings(folder.resolve("missing/bus.db")))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.level()).isEqualTo(Level.PROBLEM);
          assertThat(finding.found()).contains(folder.resolve("missing").toString());
          assertThat(finding.remedy()).contains("db_path");
        });
  }

  @Test
  void a_folder_that_is_a_file_is_a_problem() throws IOException {
    var inTheWay = Files.writeString(folder.resolve("plain"), "a file");

    assertThat(findings(inTheWay.resolve("parley.db")))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.level()).isEqualTo(Level.PROBLEM);
          assertThat(finding.found()).startsWith(inTheWay + " is a file, so that ");
        });
  }

  @Test
  void a_file_that_others_may_read_is_a_warning() throws IOException {
    Fixture.open(database).close();
    Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(findings(database))
        .filteredOn(finding -> finding.level() != Level.OK)
        .singleElement()
        .satisfies(finding -> assertThat(finding.remedy()).contains("chmod 600 " + database));
  }

  @Test
  void a_locked_database_is_a_problem() throws SQLException {
    Fixture.open(database).close();
    try (var holder = Fixture.foreign(database);
        var statement = holder.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");

      assertThat(findings(database))
          .filteredOn(finding -> finding.level() == Level.PROBLEM)
          .singleElement()
          .satisfies(finding -> assertThat(finding.found()).contains("is locked by another"));
    }
  }

  @Test
  void a_damaged_database_is_a_problem() throws IOException {
    Files.writeString(database, "not a database ".repeat(1_000));

    assertThat(findings(database))
        .filteredOn(finding -> finding.level() == Level.PROBLEM)
        .singleElement()
        .satisfies(finding -> assertThat(finding.found()).contains("is not an SQLite database"));
  }

  private static List<Finding> findings(Path database) {
    return new SqlitePlugin()
        .diagnose(Fixture.config(database, Map.of("request_timeout_ms", 500L)));
  }
}
