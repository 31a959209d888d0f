package dev.parley.conformance.steps;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody who goes on reading page after page, and tries again when the server is away. */
final class Paging extends Labour {

  private static final int SIZE = 5;

  private final Backend backend;
  private final TopicName topic;
  private final List<Message> read = new CopyOnWriteArrayList<>();
  private Optional<Page> last = Optional.empty();

  Paging(Backend backend, TopicName topic, Duration pause) {
    super(pause);
    this.backend = backend;
    this.topic = topic;
  }

  /** What was read so far. */
  List<Message> read() {
    return List.copyOf(read);
  }

  @Override
  void step() {
    var window =
        last.<Window>map(page -> Window.after(page.next(), SIZE)).orElse(Window.oldest(SIZE));
    try {
      var page = backend.fetchRecent(topic, window);
      read.addAll(page.messages());
      last = Optional.of(page);
    } catch (BackendException.Unavailable | BackendException.RateLimited e) {
      // The server is away: the same page again.
    }
  }
}
