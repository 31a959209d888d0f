package dev.parley.adapters.outbound.support;

import dev.parley.domain.message.Message;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Subscription;
import java.time.Duration;

/** One feed of {@link LiveFeeds}, between the live path and whoever subscribed. */
interface AttachedFeed extends Subscription {

  void message(Message message);

  void behind();

  void interrupted(BackendException why);

  /** Whether it makes no difference to it if it is told of a message or that it is behind. */
  boolean takesHints();

  /** Ends the feed, but does not wait for a call that is running. */
  void end();

  /** Waits for a running call of an ended feed, for so long at most. */
  void awaitLastCall(Duration atMost);
}
