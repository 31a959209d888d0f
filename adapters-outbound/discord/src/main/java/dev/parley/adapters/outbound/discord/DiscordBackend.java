package dev.parley.adapters.outbound.discord;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.adapters.outbound.support.LaterFeed;
import dev.parley.adapters.outbound.support.LiveFeeds;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.About;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendIdentity;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Self;
import dev.parley.ports.outbound.Subscription;
import java.time.Duration;
import java.util.function.Supplier;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Topics in text channels, read and written as one bot. */
@SecondaryAdapter
final class DiscordBackend implements Backend, Link.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(DiscordBackend.class);

  // One event may be under way for so much longer than the next one.
  private static final Duration EVENT_IS_LATE = Duration.ofMillis(100);

  private final DiscordSettings settings;
  private final Health health = new Health();
  private final ServerClock clock;
  private final Faults faults;
  private final Link link;
  private final Rest rest;
  private final Channels channels;
  private final People people;
  private final Records records;
  private final Posts posts;
  private final LiveFeeds feeds = new LiveFeeds();
  private final Arrivals arrivals;

  DiscordBackend(DiscordSettings settings, Self self) {
    this.settings = settings;
    this.clock = new ServerClock(settings.settling());
    this.arrivals =
        new Arrivals(settings.settling().plus(EVENT_IS_LATE), this::inOrder, this::overtaken);
    this.faults = new Faults(settings, health);
    var limits = new Limits(clock);
    this.link = new Link(new Login(settings, faults, limits), faults, health, this);
    this.rest = new Rest(settings, link, limits, faults);
    this.channels = new Channels(settings, rest, faults);
    this.people = new People(rest);
    this.records = new Records(new Speakers(settings.bridgeAccounts(), people), new Texts(people));
    var webhooks = new Webhooks(rest, faults);
    this.posts = new Posts(rest, link, channels, webhooks, people, clock, faults, self);
    link.start();
  }

  @Override
  public MessageId post(Draft draft) {
    return noting(() -> posts.post(draft, deadline()));
  }

  @Override
  public Page fetchRecent(TopicName topic, Window window) {
    return noting(() -> {
      var deadline = deadline();
      var channel = channels.of(topic, deadline);
      var session = link.session(deadline);
      return new Pages(rest, channel, records, session, clock, faults, deadline).read(window);
    });
  }

  @Override
  public Subscription subscribe(TopicName topic, Feed feed) {
    var _ = settings.channelOf(topic);
    var beginning = clock.settledMillis();
    return feeds.attach(
        topic, new LaterFeed(feed, message -> message.timestamp().toEpochMilli() > beginning));
  }

  /** The account of that user name on one of the servers. */
  @Override
  public BackendIdentity resolveIdentity(Handle handle) {
    return noting(() -> {
      var deadline = deadline();
      var id = people.idOf(handle.value(), channels.guilds(deadline), deadline);
      return new BackendIdentity(handle, id.map(Long::toUnsignedString).orElse(null));
    });
  }

  @Override
  public About about() {
    var session = link.current();
    return new About(
        "Discord",
        null,
        settings.host(),
        session == null ? null : session.name(),
        Posts.LIMIT,
        health.connectedSince(),
        health.lastFailure());
  }

  private Deadline deadline() {
    return Deadline.in(settings.timeout());
  }

  private <T> T noting(Supplier<T> operation) {
    try {
      var result = operation.get();
      health.answered();
      return result;
    } catch (BackendException.Unavailable failed) {
      health.failed(failed.getMessage());
      throw failed;
    }
  }

  @Override
  public void posted(DataObject message) {
    try {
      var channel = message.getUnsignedLong("channel_id");
      if (settings.topics().containsKey(channel)) {
        var id = message.getUnsignedLong("id");
        clock.isAtLeast(Snowflake.millisOf(id));
        arrivals.add(channel, id, message);
      }
    } catch (ParsingException unreadable) {
      // Without a place it cannot be handed over; the history has it, if it is a message.
      LOG.warn("Discord's gateway told of a message of an unknown form: readers are told to look");
      feeds.up();
    }
  }

  private void inOrder(long channel, DataObject message) {
    var session = link.current();
    var at = channels.of(message);
    if (!Records.isMessage(message) || session == null) {
      return;
    }
    at.ifPresent(known -> feeds.message(records.read(known, message, session)));
  }

  private void overtaken(long channel) {
    LOG.warn("a message of the channel {} came later than its successors", channel);
    var topic = settings.topics().get(channel);
    if (topic != null) {
      feeds.behind(topic);
    }
  }

  @Override
  public void up() {
    feeds.up();
  }

  @Override
  public void down(BackendException why) {
    feeds.down(why);
  }

  @Override
  public void close() {
    feeds.close();
    arrivals.close();
    link.close();
  }
}
