package dev.parley.adapters.outbound.metrics;

import static dev.parley.adapters.outbound.metrics.BackendMetrics.FEED;
import static dev.parley.adapters.outbound.metrics.BackendMetrics.IDENTITY;
import static dev.parley.adapters.outbound.metrics.BackendMetrics.PAGE;
import static dev.parley.adapters.outbound.metrics.BackendMetrics.POST;
import static dev.parley.adapters.outbound.metrics.BackendMetrics.SUBSCRIBE;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.About;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendIdentity;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;

/** A backend of which each operation is counted and timed; it does what the one behind it does. */
@SecondaryAdapter
final class MeasuredBackend implements Backend {

  private final Backend backend;
  private final BackendMetrics metrics;

  MeasuredBackend(Backend backend, BackendMetrics metrics) {
    this.backend = backend;
    this.metrics = metrics;
  }

  @Override
  public MessageId post(Draft draft) {
    var id = metrics.timed(POST, () -> backend.post(draft));
    metrics.posts().inc();
    return id;
  }

  @Override
  public Page fetchRecent(TopicName topic, Window window) {
    var page = metrics.timed(PAGE, () -> backend.fetchRecent(topic, window));
    metrics.pages().inc();
    return page;
  }

  @Override
  public Subscription subscribe(TopicName topic, Feed feed) {
    var subscription =
        metrics.timed(SUBSCRIBE, () -> backend.subscribe(topic, new MeasuredFeed(feed)));
    metrics.opened();
    var open = new AtomicBoolean(true);
    return () -> {
      subscription.close();
      if (open.getAndSet(false)) {
        metrics.closed();
      }
    };
  }

  @Override
  public BackendIdentity resolveIdentity(Handle handle) {
    return metrics.timed(IDENTITY, () -> backend.resolveIdentity(handle));
  }

  @Override
  public About about() {
    return backend.about();
  }

  @Override
  public void close() {
    backend.close();
  }

  private final class MeasuredFeed implements Feed {

    private final Feed feed;

    MeasuredFeed(Feed feed) {
      this.feed = feed;
    }

    @Override
    public void message(Message message) {
      metrics.feedMessages().inc();
      feed.message(message);
    }

    @Override
    public void behind() {
      feed.behind();
    }

    @Override
    public void interrupted(BackendException why) {
      metrics.failed(FEED, why);
      feed.interrupted(why);
    }

    @Override
    public boolean takesHints() {
      return feed.takesHints();
    }
  }
}
