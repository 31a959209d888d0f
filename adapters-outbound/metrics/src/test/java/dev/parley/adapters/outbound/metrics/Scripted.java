package dev.parley.adapters.outbound.metrics;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.About;
import dev.parley.ports.BackendException;
import dev.parley.ports.ContentLimit;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendIdentity;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A backend that does as a test says, and remembers its feeds. */
final class Scripted implements Backend {

  static final MessageId ID = new MessageId("m1");

  final List<Feed> feeds = new ArrayList<>();
  int closedFeeds;
  boolean closed;
  @Nullable BackendException failure;
  @Nullable Instant connectedSince = Instant.EPOCH;

  private void failIfTold() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public MessageId post(Draft draft) {
    failIfTold();
    return ID;
  }

  @Override
  public Page fetchRecent(TopicName topic, Window window) {
    failIfTold();
    return new Page(List.of(), new Cursor("c1"), false, false);
  }

  @Override
  public Subscription subscribe(TopicName topic, Feed feed) {
    failIfTold();
    feeds.add(feed);
    return () -> closedFeeds++;
  }

  @Override
  public BackendIdentity resolveIdentity(Handle handle) {
    failIfTold();
    return new BackendIdentity(handle, null);
  }

  @Override
  public About about() {
    return new About(
        "Scripted",
        null,
        "here",
        null,
        new ContentLimit(10, ContentLimit.Unit.CODE_POINTS),
        connectedSince,
        null);
  }

  @Override
  public void close() {
    closed = true;
  }
}
