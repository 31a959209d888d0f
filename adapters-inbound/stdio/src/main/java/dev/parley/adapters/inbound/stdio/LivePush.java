package dev.parley.adapters.inbound.stdio;

import dev.parley.ports.BackendException;
import dev.parley.ports.StateUnavailable;
import dev.parley.ports.inbound.CatchUp;
import dev.parley.ports.inbound.Follow;
import dev.parley.ports.inbound.ShowTopics;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pushes what happens in the subscribed topics, from the moment the client is ready. */
final class LivePush {

  private static final Logger LOG = LoggerFactory.getLogger(LivePush.class);
  private static final int COUNTED_UNREAD = 100;
  private static final Duration FIRST_CONTACT = Duration.ofHours(1);

  private final ShowTopics topics;
  private final CatchUp catchUp;
  private final Follow follow;
  private final StdioServer.Options options;
  private Follow.@Nullable Following following;
  private @Nullable Thread notice;
  private volatile boolean ending;

  LivePush(ShowTopics topics, CatchUp catchUp, Follow follow, StdioServer.Options options) {
    this.topics = topics;
    this.catchUp = catchUp;
    this.follow = follow;
    this.options = options;
  }

  /** Starts pushing to a client; a second start changes nothing. */
  synchronized void start(StdioTransport client) {
    if (!options.push() || following != null) {
      return;
    }
    var push = new ChannelPush(event -> client.push(ChannelEvent.METHOD, event));
    var started = follow.follow(topics.topics().subscribed(), push);
    following = started;
    if (options.noticeOnStart()) {
      notice = Thread.ofVirtual().name("unread-notice").start(() -> noticeUnread(started, push));
    }
  }

  /** Counts only once following has begun, so that nothing falls between notice and push. */
  private void noticeUnread(Follow.Following started, ChannelPush push) {
    try {
      if (started.awaitStarted(FIRST_CONTACT)) {
        push.backlog(catchUp.backlog(COUNTED_UNREAD));
      }
    } catch (BackendException | StateUnavailable | UncheckedIOException e) {
      // A session that ends does not want to know any more.
      if (!ending) {
        LOG.warn("What is unread could not be told: {}", e.getMessage());
      }
    } catch (InterruptedException _) {
      // The session ended before it began.
    }
  }

  synchronized void close() {
    ending = true;
    if (notice != null) {
      notice.interrupt();
    }
    if (following != null) {
      following.close();
    }
  }
}
