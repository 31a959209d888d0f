package dev.parley.ports.inbound;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import org.jmolecules.architecture.hexagonal.PrimaryPort;

/** Reading a topic's history, wherever the caller stands. */
@PrimaryPort
public interface FetchRecent {

  /**
   * One page of history.
   *
   * @throws dev.parley.domain.topic.TopicRefused when this instance may not read there
   * @throws dev.parley.ports.BackendException when the backend did not answer
   * @throws InterruptedException when the waiting was cancelled
   */
  Page fetch(Query query) throws InterruptedException;

  /** Notes that a page is being shown, so that its messages are not pushed as well. */
  void shown(Page page);

  /**
   * What to fetch.
   *
   * @param characters about how many characters of content the page may hold; it holds at least one
   *     message whatever its size
   * @param block how long to wait for a message when the page would be empty; a {@link
   *     Window.Before} page never waits
   */
  record Query(TopicName topic, Window window, int characters, Duration block) {}
}
