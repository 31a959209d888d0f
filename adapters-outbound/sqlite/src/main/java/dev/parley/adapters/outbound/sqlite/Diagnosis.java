package dev.parley.adapters.outbound.sqlite;

import dev.parley.ports.outbound.Finding;
import java.nio.file.Files;
import java.util.List;

/** What {@code doctor} says about a database. */
final class Diagnosis {

  private final SqliteSettings settings;

  Diagnosis(SqliteSettings settings) {
    this.settings = settings;
  }

  List<Finding> findings() {
    return List.of(
        Files.exists(settings.path())
            ? Finding.ok("database", "%s exists".formatted(settings.path()))
            : Finding.ok("database", "%s will be made".formatted(settings.path())));
  }
}
