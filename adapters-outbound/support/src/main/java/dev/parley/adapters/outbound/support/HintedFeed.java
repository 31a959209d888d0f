package dev.parley.adapters.outbound.support;

import dev.parley.domain.message.Message;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One feed that takes hints. It is told on the thread of the live path: its calls only leave a
 * note, and whoever waits for that note is woken without another thread in between.
 */
final class HintedFeed implements AttachedFeed {

  private static final Logger LOG = LoggerFactory.getLogger(HintedFeed.class);

  private final Feed feed;
  private final Consumer<AttachedFeed> onClose;
  private final ReentrantLock calling = new ReentrantLock();
  private boolean closed;

  HintedFeed(Feed feed, Consumer<AttachedFeed> onClose) {
    this.feed = feed;
    this.onClose = onClose;
  }

  @Override
  public void message(Message message) {
    behind();
  }

  @Override
  public void behind() {
    tell(feed::behind);
  }

  @Override
  public void interrupted(BackendException why) {
    tell(() -> feed.interrupted(why));
  }

  private void tell(Runnable call) {
    calling.lock();
    try {
      if (!closed) {
        call.run();
      }
    } catch (RuntimeException thrown) {
      LOG.warn("a feed threw and is kept", thrown);
    } finally {
      calling.unlock();
    }
  }

  @Override
  public boolean takesHints() {
    return true;
  }

  @Override
  public void end() {
    onClose.accept(this);
    calling.lock();
    try {
      closed = true;
    } finally {
      calling.unlock();
    }
  }

  /** Nothing is left to wait for: a call ends before {@link #end()} does. */
  @Override
  public void awaitLastCall(Duration atMost) {}

  @Override
  public void close() {
    end();
  }
}
