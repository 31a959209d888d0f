package dev.parley.adapters.outbound.postgres;

import dev.parley.adapters.outbound.support.Health;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tables. The one with the messages is shared with other bridges, so it is only ever added to:
 *
 * <ul>
 *   <li>{@code sender_kind} is null for agents, since only bridges write here;
 *   <li>{@code post_key} makes a post repeatable;
 *   <li>{@code TABLE_meta} holds the random id of this store;
 *   <li>{@code TABLE_gone} knows which messages were deleted, as far as that can be a gap: a
 *       trigger keeps it, whoever deletes.
 * </ul>
 *
 * The trigger of {@code TABLE_gone} also tells that the id belongs to this table: when the table is
 * dropped and made anew, by whomever, the trigger is missing and the store gets a new id.
 */
final class Schema {

  private static final int OLDEST_SERVER = 12;
  private static final Duration LONGEST_UPGRADE = Duration.ofMinutes(10);
  private static final List<String> SHARED_COLUMNS =
      List.of("seq", "topic", "sender", "content", "ts", "in_reply_to");
  private static final List<String> ADDED_COLUMNS = List.of("sender_kind", "post_key");

  private static final String STATE =
      """
      SELECT current_setting('server_version'), current_setting('server_version_num')::int / 10000,
        current_setting('server_encoding'),
        (SELECT string_agg(attname, ' ') FROM pg_attribute
          WHERE attrelid = to_regclass('"{table}"') AND attnum > 0 AND NOT attisdropped),
        (SELECT string_agg(tgname, ' ') FROM pg_trigger WHERE tgrelid = to_regclass('"{table}"')),
        concat_ws(' ', to_regclass('"{table}_topic_seq"'), to_regclass('"{table}_post_key"'),
          to_regclass('"{table}_senders"'), to_regclass('"{table}_meta"'), to_regclass('"{table}_gone"')),
        coalesce((SELECT nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.oid = to_regclass('"{table}"')), current_schema())
      """;

  // The layout of the bridges that share it, to the letter.
  private static final String SHARED_LAYOUT =
      """
      CREATE TABLE IF NOT EXISTS {schema}."{table}" (
        seq BIGSERIAL PRIMARY KEY, topic TEXT NOT NULL, sender TEXT NOT NULL,
        content TEXT NOT NULL, ts TEXT NOT NULL, in_reply_to TEXT);
      CREATE INDEX IF NOT EXISTS "{table}_topic_seq" ON {schema}."{table}" (topic, seq);
      CREATE TABLE IF NOT EXISTS {schema}."{table}_senders" (handle TEXT PRIMARY KEY, backend_ref TEXT NOT NULL);
      """;

  private static final String NOTIFICATION =
      """
      CREATE OR REPLACE FUNCTION {schema}."{table}_notify"() RETURNS trigger LANGUAGE plpgsql AS $parley$
      BEGIN
        PERFORM pg_notify('parley_' || md5(convert_to(NEW.topic, 'UTF8')), NEW.seq::text);
        RETURN NULL;
      END $parley$;
      CREATE TRIGGER "{table}_notify_trg" AFTER INSERT ON {schema}."{table}"
        FOR EACH ROW EXECUTE FUNCTION {schema}."{table}_notify"();
      """;

  private static final String OWN_TABLES =
      """
      CREATE UNIQUE INDEX IF NOT EXISTS "{table}_post_key" ON {schema}."{table}" (topic, sender, post_key)
        WHERE post_key IS NOT NULL;
      CREATE TABLE IF NOT EXISTS {schema}."{table}_meta" (name TEXT PRIMARY KEY, value TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS {schema}."{table}_gone" (
        topic TEXT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (topic, seq));
      """;

  // SECURITY DEFINER: whoever may delete messages need not be granted our tables.
  private static final String DELETION =
      """
      CREATE OR REPLACE FUNCTION {schema}."{table}_gone"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp AS $parley$
      BEGIN
        WITH kept AS (
          SELECT g.topic, (SELECT m.seq FROM {schema}."{table}" m %s LIMIT 1) AS oldest
          FROM (SELECT DISTINCT topic FROM gone WHERE topic IS NOT NULL) g)
        INSERT INTO {schema}."{table}_gone"
          SELECT g.topic, max(g.seq) FROM gone g JOIN kept k ON k.topic = g.topic
            WHERE k.oldest IS NULL OR g.seq < k.oldest GROUP BY g.topic
          UNION ALL
          SELECT g.topic, g.seq FROM gone g JOIN kept k ON k.topic = g.topic
            WHERE g.seq > k.oldest
          ON CONFLICT DO NOTHING;
        DELETE FROM {schema}."{table}_gone" d USING (SELECT DISTINCT topic FROM gone) g
          WHERE d.topic = g.topic AND d.seq < (
            SELECT max(e.seq) FROM {schema}."{table}_gone" e WHERE e.topic = d.topic AND e.seq < coalesce(
              (SELECT m.seq FROM {schema}."{table}" m %s LIMIT 1), 9223372036854775807));
        RETURN NULL;
      END $parley$;
      CREATE OR REPLACE FUNCTION {schema}."{table}_emptied"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp AS $parley$
      BEGIN
        DELETE FROM {schema}."{table}_gone";
        UPDATE {schema}."{table}_meta" SET value = left(md5(random()::text || clock_timestamp()::text), 16)
          WHERE name = 'store';
        RETURN NULL;
      END $parley$;
      CREATE TRIGGER "{table}_gone_trg" AFTER DELETE ON {schema}."{table}" REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION {schema}."{table}_gone"();
      CREATE TRIGGER "{table}_emptied_trg" AFTER TRUNCATE ON {schema}."{table}"
        FOR EACH STATEMENT EXECUTE FUNCTION {schema}."{table}_emptied"();
      DELETE FROM {schema}."{table}_gone";
      INSERT INTO {schema}."{table}_meta" VALUES ('store', 'EPOCH')
        ON CONFLICT (name) DO UPDATE SET value = excluded.value;
      """
          .formatted(
              MessageRows.after("g.topic", MessageRows.LEAST_SEQ),
              MessageRows.after("d.topic", MessageRows.LEAST_SEQ));

  private final String table;
  private final Names names;
  private final Faults faults;
  private final Health health;

  Schema(PostgresSettings settings, Faults faults, Health health) {
    this.table = settings.table();
    this.names = new Names(settings.table());
    this.faults = faults;
    this.health = health;
  }

  /** What a database has of what Parley needs. */
  record State(Set<String> columns, Set<String> triggers, Set<String> relations, String schema) {

    boolean hasTable() {
      return !columns.isEmpty();
    }

    /** The first column of the shared layout that a table of that name lacks; null for none. */
    @Nullable String missingColumn() {
      return SHARED_COLUMNS.stream()
          .filter(column -> hasTable() && !columns.contains(column))
          .findFirst()
          .orElse(null);
    }

    boolean isComplete(String table) {
      return columns.containsAll(SHARED_COLUMNS)
          && columns.containsAll(ADDED_COLUMNS)
          && triggers.contains(table + "_notify_trg")
          && triggers.contains(table + "_gone_trg")
          && triggers.contains(table + "_emptied_trg")
          && relations.size() == 5;
    }
  }

  /** Makes or completes the tables if need be. */
  void prepare(Connection connection) throws SQLException {
    if (state(connection).isComplete(table)) {
      return;
    }
    connection.setNetworkTimeout(Runnable::run, (int) LONGEST_UPGRADE.toMillis());
    connection.setAutoCommit(false);
    try {
      upgrade(connection);
      connection.commit();
    } catch (SQLException failure) {
      connection.rollback();
      throw faults.notPrepared(failure);
    } finally {
      // The pool sets its own timeout and autocommit again when it gets the connection back.
      connection.setAutoCommit(true);
    }
  }

  /** What there is; throws when it cannot be used or completed. */
  State state(Connection connection) throws SQLException {
    try (var query = connection.prepareStatement(names.in(STATE));
        var row = query.executeQuery()) {
      row.next();
      var version = row.getString(1).split(" ", 2)[0];
      health.runs(version);
      if (row.getInt(2) < OLDEST_SERVER) {
        throw faults.tooOld(version);
      }
      if (!row.getString(3).equals("UTF8")) {
        throw faults.wrongEncoding(row.getString(3));
      }
      var state =
          new State(
              words(row.getString(4)),
              words(row.getString(5)),
              words(row.getString(6)),
              quoted(row.getString(7)));
      var missing = state.missingColumn();
      if (missing != null) {
        throw faults.foreignTable(missing);
      }
      return state;
    }
  }

  private void upgrade(Connection connection) throws SQLException {
    // The same lock as other bridges take to make the table, then look again.
    run(connection, "SET LOCAL statement_timeout = 0");
    run(connection, names.in("SELECT pg_advisory_xact_lock(hashtext('{table}'))"));
    var state = state(connection);
    if (!state.hasTable() || state.relations().size() < 5) {
      run(connection, named(SHARED_LAYOUT, state));
    }
    for (var added : ADDED_COLUMNS) {
      if (!state.columns().contains(added)) {
        run(
            connection,
            named("ALTER TABLE {schema}.\"{table}\" ADD COLUMN " + added + " TEXT", state));
      }
    }
    if (!state.triggers().contains(table + "_notify_trg")) {
      run(connection, named(NOTIFICATION, state));
    }
    run(connection, named(OWN_TABLES, state));
    if (!state.triggers().contains(table + "_gone_trg")) {
      var epoch = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
      run(connection, named(DELETION, state).replace("EPOCH", epoch));
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String named(String sql, State state) {
    return names.in(sql).replace("{schema}", state.schema());
  }

  private static Set<String> words(@Nullable String text) {
    return text == null || text.isEmpty()
        ? Set.of()
        : new HashSet<>(Arrays.asList(text.split(" ")));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
