package dev.parley.ports.outbound;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.About;
import dev.parley.ports.BackendException;
import org.jmolecules.architecture.hexagonal.SecondaryPort;

/**
 * A messaging backend: five operations, held to the laws S01 to S21. Safe for use by any number of
 * threads; calls block, at most {@code request_timeout_ms}. Every operation may throw a {@link
 * BackendException}.
 */
@SecondaryPort
public interface Backend extends AutoCloseable {

  /**
   * Posts as self; the message is durable when this returns.
   *
   * @throws BackendException.OutcomeUnknown when the message may or may not have been stored
   */
  MessageId post(Draft draft);

  /**
   * One page of a topic's history.
   *
   * @throws BackendException.CursorRejected when the window's cursor is not one of this store
   */
  Page fetchRecent(TopicName topic, Window window);

  /** Hands every later message to the feed; returns at once, connected or not. */
  Subscription subscribe(TopicName topic, Feed feed);

  /** The account behind a handle, as far as the backend knows one. */
  BackendIdentity resolveIdentity(Handle handle);

  /** What this backend is and how it fares; no I/O. */
  About about();

  /** Ends every subscription and connection; further calls do nothing. */
  @Override
  void close();
}
