package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.About;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendIdentity;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Self;
import dev.parley.ports.outbound.Subscription;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;

/** Topics in the streams of one JetStream account, over one connection. */
@SecondaryAdapter
final class NatsBackend implements Backend {

  private final NatsSettings settings;
  private final Health health = new Health();
  private final Link link;
  private final Requests requests;
  private final Streams streams;
  private final Posts posts;
  private final Tails tails;

  NatsBackend(NatsSettings settings, Self self) {
    this.settings = settings;
    var faults = new Faults(settings, health);
    this.link = new Link(settings, "parley " + self.handle(), faults, health);
    this.requests = new Requests(link, faults);
    this.streams = new Streams(settings, faults);
    this.posts = new Posts(link, requests, streams, faults, self, settings.timeout());
    this.tails = new Tails(link, requests, streams, faults, settings.timeout());
    link.start(tails);
  }

  @Override
  public MessageId post(Draft draft) {
    var id = posts.post(draft);
    health.answered();
    return id;
  }

  @Override
  public Page fetchRecent(TopicName topic, Window window) {
    var page =
        requests.ask(
            Deadline.in(settings.timeout()),
            streams.nameOf(topic),
            (session, attempt) -> new Pages(streams, session, topic, attempt).read(window));
    health.answered();
    return page;
  }

  @Override
  public Subscription subscribe(TopicName topic, Feed feed) {
    return tails.subscribe(topic, feed);
  }

  /** Nobody vouches for a handle: an account of NATS is shared by those who know its secret. */
  @Override
  public BackendIdentity resolveIdentity(Handle handle) {
    return new BackendIdentity(handle, null);
  }

  @Override
  public About about() {
    return new About(
        "NATS JetStream",
        health.version(),
        settings.place(),
        settings.credentials().user(),
        Posts.limit(link.current()),
        health.connectedSince(),
        health.lastFailure());
  }

  @Override
  public void close() {
    tails.close();
    link.close();
  }
}
