package dev.parley.adapters.outbound.redis;

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

/** Topics as streams: posts, pages, and the live path, each over connections of their own. */
@SecondaryAdapter
final class RedisBackend implements Backend {

  private final RedisSettings settings;
  private final Health health = new Health();
  private final Servers servers;
  private final Posts posts;
  private final Pages pages;
  private final LivePath live;
  private final Retention retention;

  RedisBackend(RedisSettings settings, Self self) {
    this.settings = settings;
    var faults = new Faults(settings, health);
    var keys = new StreamKeys(settings.keyPrefix());
    var connecting = new Connecting(settings, faults, health);
    this.servers =
        settings.url().kind() == RedisUrl.Kind.CLUSTER
            ? new Cluster(connecting, settings, faults, health)
            : new OnePrimary(connecting, settings, faults, health);
    var store = new Store(servers, keys, settings.place(), faults);
    connecting.onConnect(store::doubt);
    this.posts = new Posts(servers, keys, self, faults, settings.waitReplicas());
    this.pages = new Pages(servers, keys, store, faults);
    this.live = new LivePath(servers, keys, store, faults, settings);
    this.retention = new Retention(servers, keys, settings.retention());
    servers.start();
    retention.start();
  }

  @Override
  public MessageId post(Draft draft) {
    var limit = RedisPlugin.CONTENT_LIMIT;
    var size = limit.sizeOf(draft.content());
    if (size > limit.size()) {
      throw ContentRejected.tooLong(size, limit);
    }
    retention.uses(draft.topic());
    return posts.post(draft);
  }

  @Override
  public Page fetchRecent(TopicName topic, Window window) {
    retention.uses(topic);
    return pages.read(topic, window);
  }

  @Override
  public Subscription subscribe(TopicName topic, Feed feed) {
    retention.uses(topic);
    return live.subscribe(topic, feed);
  }

  /** Nobody vouches for a handle: whoever may write to the server may use any. */
  @Override
  public BackendIdentity resolveIdentity(Handle handle) {
    return new BackendIdentity(handle, null);
  }

  @Override
  public About about() {
    return new About(
        "Redis",
        health.version(),
        settings.place(),
        settings.login().username(),
        RedisPlugin.CONTENT_LIMIT,
        health.connectedSince(),
        health.lastFailure());
  }

  @Override
  public void close() {
    retention.close();
    live.close();
    servers.close();
  }
}
