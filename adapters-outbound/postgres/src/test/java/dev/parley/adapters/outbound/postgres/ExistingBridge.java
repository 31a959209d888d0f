package dev.parley.adapters.outbound.postgres;

/** What bridges of another make do: the tables they make, and how they write. */
final class ExistingBridge {

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

  private ExistingBridge() {}
}
