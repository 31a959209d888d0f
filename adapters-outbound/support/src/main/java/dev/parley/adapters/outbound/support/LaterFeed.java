package dev.parley.adapters.outbound.support;

import dev.parley.domain.message.Message;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;
import java.util.function.Predicate;

/**
 * A feed that is not handed what pages showed before it began, and what was still held back for the
 * live path.
 *
 * @param isLater whether a message is later than the beginning of the feed
 */
public record LaterFeed(Feed feed, Predicate<Message> isLater) implements Feed {

  @Override
  public void message(Message message) {
    if (isLater.test(message)) {
      feed.message(message);
    }
  }

  @Override
  public void behind() {
    feed.behind();
  }

  @Override
  public void interrupted(BackendException why) {
    feed.interrupted(why);
  }

  @Override
  public boolean takesHints() {
    return feed.takesHints();
  }
}
