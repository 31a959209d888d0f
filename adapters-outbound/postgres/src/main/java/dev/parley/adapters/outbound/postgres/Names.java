package dev.parley.adapters.outbound.postgres;

/**
 * The names that are made from the table's.
 *
 * @param table checked to be a plain name, so that it can stand in a statement
 */
record Names(String table) {

  /** A statement with the table's name where it says {@code {table}}. */
  String in(String sql) {
    return sql.replace("{table}", table);
  }
}
