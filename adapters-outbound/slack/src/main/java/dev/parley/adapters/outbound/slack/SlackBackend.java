package dev.parley.adapters.outbound.slack;

import dev.parley.adapters.outbound.support.Deadline;
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

/** Topics in the channels of one workspace, by one app. */
@SecondaryAdapter
final class SlackBackend implements Backend {

  private final Connection connection;
  private final Pages pages;
  private final Tails tails;
  private final Posts posts;

  SlackBackend(SlackSettings settings, MeetingPlace place, Self self) {
    this.connection = new Connection(settings);
    this.pages = new Pages(connection);
    this.tails = new Tails(connection, pages, place);
    this.posts = new Posts(connection, self, tails::posted);
  }

  @Override
  public MessageId post(Draft draft) {
    return posts.post(draft);
  }

  @Override
  public Page fetchRecent(TopicName topic, Window window) {
    return pages.read(topic, window);
  }

  @Override
  public Subscription subscribe(TopicName topic, Feed feed) {
    return tails.subscribe(topic, feed);
  }

  /** The member who goes by the handle. */
  @Override
  public BackendIdentity resolveIdentity(Handle handle) {
    var deadline = Deadline.in(connection.settings().timeout());
    return new BackendIdentity(handle, connection.people().idOf(handle.value(), deadline));
  }

  @Override
  public About about() {
    return new About(
        "Slack",
        null,
        connection.settings().host(),
        connection.account().name(),
        SlackPlugin.CONTENT_LIMIT,
        connection.health().connectedSince(),
        connection.health().lastFailure());
  }

  @Override
  public void close() {
    tails.close();
    connection.close();
  }
}
