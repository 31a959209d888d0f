package dev.parley.adapters.outbound.zulip;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.adapters.outbound.support.NoAnswer;
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

/** Topics in one channel, over one event queue. */
@SecondaryAdapter
final class ZulipBackend implements Backend {

  private final ZulipSettings settings;
  private final Health health = new Health();
  private final Settling settling = new Settling();
  private final Faults faults;
  private final Topics topics;
  private final ZulipApi api;
  private final People people;
  private final Posts posts;
  private final Live live;
  private final Link link;

  ZulipBackend(ZulipSettings settings, Self self) {
    this.settings = settings;
    this.faults = new Faults(settings, health);
    this.topics = new Topics(settings.topicMap());
    this.api = new ZulipApi(settings);
    this.people = new People(api);
    this.posts = new Posts(api, settings, topics, people, faults, self);
    this.live = new Live(topics, settling, this::reading, settings.timeout());
    var registering = new Registering(api, settings, faults);
    this.link = new Link(api, registering, faults, health, live, settings.timeout());
    link.start();
  }

  private Messages reading(Registration registration) {
    return new Messages(settings, registration, people);
  }

  @Override
  public MessageId post(Draft draft) {
    var deadline = Deadline.in(settings.timeout());
    var id = posts.post(draft, link.known().await(deadline), deadline);
    health.answered();
    return id;
  }

  @Override
  public Page fetchRecent(TopicName topic, Window window) {
    var deadline = Deadline.in(settings.timeout());
    var registration = link.known().await(deadline);
    var history =
        new History(api, settling, registration.channel(), topics.nameOf(topic), deadline);
    try {
      var page = new Pages(history, reading(registration), topic, deadline).read(window);
      health.answered();
      return page;
    } catch (NoAnswer none) {
      throw faults.of(none);
    } catch (Refusal refusal) {
      throw faults.of(refusal);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw faults.interrupted();
    }
  }

  @Override
  public Subscription subscribe(TopicName topic, Feed feed) {
    return live.subscribe(topic, feed);
  }

  /** The person of this handle; an agent has no account of its own. */
  @Override
  public BackendIdentity resolveIdentity(Handle handle) {
    try {
      var account = people.find(handle, Deadline.in(settings.timeout()));
      return new BackendIdentity(handle, account.map(a -> Long.toString(a.id())).orElse(null));
    } catch (NoAnswer none) {
      throw faults.of(none);
    } catch (Refusal refusal) {
      throw faults.of(refusal);
    }
  }

  @Override
  public About about() {
    return new About(
        "Zulip",
        health.version(),
        settings.place(),
        settings.email(),
        Posts.limit(link.known().current()),
        health.connectedSince(),
        health.lastFailure());
  }

  @Override
  public void close() {
    live.close();
    link.close();
    api.close();
  }
}
