package dev.parley.adapters.outbound.postgres;

import dev.parley.ports.outbound.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What {@code doctor} says about the table and what the role may do with it. */
final class Grants {

  private static final String MAY_MAKE =
      "SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)";
  private static final String MAY_COMPLETE =
      """
      SELECT has_schema_privilege(c.relnamespace, 'CREATE') AND pg_has_role(c.relowner, 'USAGE')
      FROM pg_class c WHERE c.oid = to_regclass('"{table}"')
      """;

  /** Each with the privilege as it would be granted. */
  private static final List<Privilege> NEEDED =
      List.of(
          new Privilege("SELECT ON {table}", "has_table_privilege('\"{table}\"', 'SELECT')"),
          new Privilege("INSERT ON {table}", "has_table_privilege('\"{table}\"', 'INSERT')"),
          new Privilege(
              "SELECT ON {table}_meta", "has_table_privilege('\"{table}_meta\"', 'SELECT')"),
          new Privilege(
              "SELECT ON {table}_gone", "has_table_privilege('\"{table}_gone\"', 'SELECT')"),
          new Privilege(
              "USAGE ON SEQUENCE {table}_seq_seq",
              "coalesce(has_sequence_privilege("
                  + "pg_get_serial_sequence('\"{table}\"', 'seq'), 'USAGE'), true)"));

  private static final List<Privilege> NEEDED_FOR_RETENTION =
      List.of(
          new Privilege("DELETE ON {table}", "has_table_privilege('\"{table}\"', 'DELETE')"),
          new Privilege(
              "INSERT, UPDATE ON {table}_meta",
              "has_table_privilege('\"{table}_meta\"', 'INSERT')"
                  + " AND has_table_privilege('\"{table}_meta\"', 'UPDATE')"));

  private record Privilege(String name, String condition) {}

  private final PostgresSettings settings;
  private final Schema.State state;
  private final Names names;

  Grants(PostgresSettings settings, Schema.State state) {
    this.settings = settings;
    this.state = state;
    this.names = new Names(settings.table());
  }

  List<Finding> check(Connection connection) throws SQLException {
    var table = settings.table();
    if (!state.hasTable()) {
      return List.of(
          isTrue(connection, MAY_MAKE)
              ? Finding.ok("table", "%s will be made when first used".formatted(table))
              : Finding.problem(
                  "table",
                  "there is no table %s, and this role may not make it".formatted(table),
                  "GRANT CREATE ON SCHEMA public, or let a role that may do so start Parley once"));
    }
    if (!state.isComplete(table)) {
      return List.of(
          isTrue(connection, names.in(MAY_COMPLETE))
              ? Finding.ok(
                  "table",
                  "%s of another bridge will be completed when first used".formatted(table))
              : Finding.problem(
                  "table",
                  "%s lacks columns or triggers of Parley, and this role may not add them"
                      .formatted(table),
                  "let the owner of the table start Parley once"));
    }
    return List.of(Finding.ok("table", table + " is complete"), checkPrivileges(connection));
  }

  private Finding checkPrivileges(Connection connection) throws SQLException {
    var needed = new ArrayList<>(NEEDED);
    if (settings.retention() != null) {
      needed.addAll(NEEDED_FOR_RETENTION);
    }
    var missing = new ArrayList<String>();
    for (var privilege : needed) {
      if (!isTrue(connection, names.in("SELECT " + privilege.condition()))) {
        missing.add(names.in(privilege.name()));
      }
    }
    return missing.isEmpty()
        ? Finding.ok("grants", "this role may read and post")
        : Finding.problem(
            "grants",
            "this role lacks " + String.join(", ", missing),
            "let the owner of the table GRANT them");
  }

  private static boolean isTrue(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }
}
