package dev.parley.adapters.outbound.postgres;

import dev.parley.ports.outbound.Finding;
import java.util.List;

/** What {@code doctor} says about a database. */
final class Diagnosis {

  private final PostgresSettings settings;

  Diagnosis(PostgresSettings settings) {
    this.settings = settings;
  }

  List<Finding> findings() {
    return List.of(Finding.ok("place", settings.url().place()));
  }
}
