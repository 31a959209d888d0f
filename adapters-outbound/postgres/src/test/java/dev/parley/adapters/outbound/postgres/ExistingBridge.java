package dev.parley.adapters.outbound.postgres;

import dev.parley.domain.topic.TopicName;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What bridges of another make do: the tables they make, and how they write, each post in a
 * transaction of five statements.
 */
record ExistingBridge(Connection connection, String handle) {

  /** The tables, as they are made where there are none. */
  static final String TABLES =
      """
      CREATE TABLE parley_messages (
        seq BIGSERIAL PRIMARY KEY, topic TEXT NOT NULL, sender TEXT NOT NULL,
        content TEXT NOT NULL, ts TEXT NOT NULL, in_reply_to TEXT);
      CREATE TABLE parley_messages_senders (handle TEXT PRIMARY KEY, backend_ref TEXT NOT NULL);
      CREATE FUNCTION parley_messages_notify() RETURNS trigger AS $$
      BEGIN
        PERFORM pg_notify('parley_' || md5(convert_to(NEW.topic, 'UTF8')), NEW.seq::text);
        RETURN NULL;
      END $$ LANGUAGE plpgsql;
      CREATE INDEX parley_messages_topic_seq ON parley_messages (topic, seq);
      CREATE INDEX parley_messages_ts ON parley_messages (ts);
      CREATE TRIGGER parley_messages_notify_trg AFTER INSERT ON parley_messages
        FOR EACH ROW EXECUTE FUNCTION parley_messages_notify();
      """;

  /** Makes the tables as the owner of a database. */
  static void makeTables(PostgresStore store) {
    store.server().execute(store.database(), "SET ROLE " + PostgresStore.OWNER + ";" + TABLES);
  }

  /** Posts, and gives the message's seq. */
  String post(TopicName topic, String content) throws SQLException {
    connection.setAutoCommit(false);
    try (var lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtext(?))");
        var insert =
            connection.prepareStatement(
                "INSERT INTO parley_messages (topic, sender, content, ts, in_reply_to)"
                    + " VALUES (?, ?, ?, '2026-01-02T03:04:05.678Z', NULL) RETURNING seq")) {
      lock.setString(1, topic.value());
      lock.execute();
      insert.setString(1, topic.value());
      insert.setString(2, handle);
      insert.setString(3, content);
      try (var row = insert.executeQuery()) {
        row.next();
        var seq = row.getString(1);
        connection.commit();
        return seq;
      }
    }
  }
}
