package dev.parley.adapters.outbound.postgres;

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

/** Topics in one table: writers by topic, pages, and one connection that listens. */
@SecondaryAdapter
final class PostgresBackend implements Backend {

  private final PostgresSettings settings;
  private final Health health = new Health();
  private final Faults faults;
  private final Database database;
  private final Pages pages;
  private final Posts posts;
  private final Listener listener;
  private final Retention retention;

  PostgresBackend(PostgresSettings settings, Self self) {
    this.settings = settings;
    this.faults = new Faults(settings, health);
    var server = new Server(settings);
    var stores = new Stores(settings);
    this.database = new Database(settings, server, faults, health);
    this.pages = new Pages(settings, stores);
    this.posts = new Posts(database, faults, settings, self);
    this.listener = new Listener(database, faults, health, settings, stores);
    this.retention = new Retention(database, settings);
    database.prepareEarly();
    retention.start();
  }

  @Override
  public MessageId post(Draft draft) {
    var limit = PostgresPlugin.CONTENT_LIMIT;
    var size = limit.sizeOf(draft.content());
    if (size > limit.size()) {
      throw ContentRejected.tooLong(size, limit);
    }
    return posts.post(draft);
  }

  @Override
  public Page fetchRecent(TopicName topic, Window window) {
    return database.call(connection -> pages.read(connection, topic, window));
  }

  @Override
  public Subscription subscribe(TopicName topic, Feed feed) {
    return listener.subscribe(topic, feed);
  }

  /** Nobody vouches for a handle: whoever may write to the table may use any. */
  @Override
  public BackendIdentity resolveIdentity(Handle handle) {
    return new BackendIdentity(handle, null);
  }

  @Override
  public About about() {
    return new About(
        "PostgreSQL",
        health.version(),
        settings.url().place(),
        settings.url().get("user"),
        PostgresPlugin.CONTENT_LIMIT,
        health.connectedSince(),
        health.lastFailure());
  }

  @Override
  public void close() {
    retention.close();
    posts.close();
    listener.close();
    database.close();
  }
}
