package dev.parley.ports.inbound;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.reading.ReaderName;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jmolecules.architecture.hexagonal.PrimaryPort;
import org.jspecify.annotations.Nullable;

/** Reading what is unread, each message once. */
@PrimaryPort
public interface CatchUp {

  /**
   * What is unread in the asked topics. Positions move only by {@link Unread#handedOver()}.
   *
   * @throws dev.parley.domain.topic.TopicRefused when a topic is not subscribed
   * @throws dev.parley.ports.BackendException when the backend did not answer
   * @throws InterruptedException when the waiting was cancelled
   */
  Unread unread(Query query) throws InterruptedException;

  /**
   * How much is unread for the default reader, looking at one page per topic.
   *
   * @param atMost where counting stops
   */
  List<Backlog> backlog(int atMost);

  /**
   * What to catch up with.
   *
   * @param topics the topics, or empty for every subscribed one
   * @param limit the most messages per topic
   * @param characters about how many characters of content the answer may hold
   * @param block how long to wait for a message when nothing is unread
   */
  record Query(
      List<TopicName> topics, int limit, int characters, Duration block, ReaderName reader) {}

  /** The unread messages of each topic, and the way to say that they were handed over. */
  interface Unread {

    /** One entry per asked topic, in the order asked. */
    List<OfTopic> topics();

    /** Moves the reading positions past the messages: the answer reached the reader. */
    void handedOver();
  }

  /**
   * The unread messages of one topic.
   *
   * @param since the position the messages follow, or null when there was none
   * @param more whether further messages are unread
   * @param gap whether unread history is gone
   * @param earlier whether there was no position yet, so that older history may be unread too
   * @param pushed those of the messages that were already pushed in this session
   */
  record OfTopic(
      TopicName topic,
      @Nullable Cursor since,
      List<Message> messages,
      boolean more,
      boolean gap,
      boolean earlier,
      Set<MessageId> pushed) {}

  /**
   * How many messages wait in a topic.
   *
   * @param more whether there are more than counted
   */
  record Backlog(TopicName topic, int count, boolean more) {}
}
