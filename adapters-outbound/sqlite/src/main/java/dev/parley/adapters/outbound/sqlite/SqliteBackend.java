package dev.parley.adapters.outbound.sqlite;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.About;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendIdentity;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Self;
import dev.parley.ports.outbound.Subscription;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;

/** Topics in one database file: a writer thread, reader threads and a tail. */
@SecondaryAdapter
final class SqliteBackend implements Backend {

  private final SqliteSettings settings;
  private final Health health = new Health();
  private final Writer writer;
  private final Readers readers;
  private final Tail tail;

  SqliteBackend(SqliteSettings settings, Self self) {
    this.settings = settings;
    var faults = new Faults(settings.path(), settings.timeout(), health);
    var database = new Database(settings, faults, health);
    this.tail = new Tail(database, faults, settings);
    this.readers = new Readers(database, faults, settings);
    this.writer =
        new Writer(database, faults, settings, self, tail::poke, new LogGrowth(readers::copyLog));
    writer.start();
  }

  @Override
  public MessageId post(Draft draft) {
    var limit = SqlitePlugin.CONTENT_LIMIT;
    var size = limit.sizeOf(draft.content());
    if (size > limit.size()) {
      throw ContentRejected.tooLong(size, limit);
    }
    var id = writer.post(draft);
    health.answered();
    return id;
  }

  @Override
  public Page fetchRecent(TopicName topic, Window window) {
    var page = readers.read(pages -> pages.read(topic, window));
    health.answered();
    return page;
  }

  @Override
  public Subscription subscribe(TopicName topic, Feed feed) {
    return tail.subscribe(topic, feed);
  }

  /** Nobody vouches for a handle on a shared file: there are no accounts. */
  @Override
  public BackendIdentity resolveIdentity(Handle handle) {
    return new BackendIdentity(handle, null);
  }

  @Override
  public About about() {
    return new About(
        "SQLite",
        health.version(),
        settings.path().toString(),
        null,
        SqlitePlugin.CONTENT_LIMIT,
        health.connectedSince(),
        health.lastFailure());
  }

  @Override
  public void close() {
    tail.close();
    readers.close();
    writer.close();
  }
}
