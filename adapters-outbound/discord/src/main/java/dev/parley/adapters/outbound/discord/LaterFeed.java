package dev.parley.adapters.outbound.discord;

import dev.parley.domain.message.Message;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Feed;

/**
 * A feed without what was settled when it began: pages have shown that before, while it was still
 * held back here.
 *
 * @param fromMillis after what time messages may be news, by the clock of Discord
 */
record LaterFeed(Feed feed, long fromMillis) implements Feed {

  @Override
  public void message(Message message) {
    if (message.timestamp().toEpochMilli() > fromMillis) {
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
}
