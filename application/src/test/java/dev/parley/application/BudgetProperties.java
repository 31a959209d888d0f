package dev.parley.application;

import static dev.parley.application.TestSession.PEER;
import static dev.parley.application.TestSession.SELF;
import static dev.parley.application.TestSession.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.ports.inbound.FetchRecent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

/** Pages that are cut to a size still chain to the whole history, in either direction. */
class BudgetProperties {

  private MemoryBackend backend = new MemoryBackend(SELF, false);
  private TestSession session = new TestSession(backend);

  @BeforeTry
  void begin_with_an_empty_topic() {
    backend = new MemoryBackend(SELF, false);
    session = new TestSession(backend);
  }

  private Page fetch(Window window, int characters) throws InterruptedException {
    var query = new FetchRecent.Query(TOPIC, window, characters, Duration.ZERO);
    return session.useCases.fetch().fetch(query);
  }

  private List<List<Message>> chain(Cursor from, Function<Cursor, Window> window, int characters)
      throws InterruptedException {
    var pages = new ArrayList<List<Message>>();
    var cursor = from;
    Page page;
    do {
      page = fetch(window.apply(cursor), characters);
      pages.add(page.messages());
      cursor = page.next();
    } while (page.more() && pages.size() < 100);
    return pages;
  }

  @Property(tries = 200)
  void cut_pages_chain_to_the_whole(
      @ForAll @Size(max = 12) List<@IntRange(max = 900) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 5) int limit,
      @ForAll @IntRange(min = 1, max = 3_000) int characters)
      throws InterruptedException {
    lengths.forEach(length -> backend.store(TOPIC, PEER, "x".repeat(length)));
    var history = backend.history(TOPIC);

    var forward = chain(new Cursor("c0"), c -> Window.after(c, limit), characters);
    var backward = chain(new Cursor("c99"), c -> Window.before(c, limit), characters);

    assertThat(forward.stream().flatMap(List::stream)).containsExactlyElementsOf(history);
    assertThat(backward.reversed().stream().flatMap(List::stream))
        .containsExactlyElementsOf(history);
  }

  @Property(tries = 200)
  void the_latest_are_cut_at_their_old_end_and_are_read_on_from_the_tail(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 900) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 3_000) int characters)
      throws InterruptedException {
    lengths.forEach(length -> backend.store(TOPIC, PEER, "x".repeat(length)));
    var history = backend.history(TOPIC);

    var page = fetch(Window.latest(12), characters);

    assertThat(page.messages()).isNotEmpty();
    assertThat(page.messages())
        .isEqualTo(history.subList(history.size() - page.messages().size(), history.size()));
    assertThat(page.more()).isEqualTo(page.messages().size() < history.size());
    assertThat(page.next()).isEqualTo(history.getLast().cursor());
    var content = page.messages().stream().mapToInt(m -> m.content().length() + 300).sum();
    assertThat(page.messages().size() == 1 || content <= characters).isTrue();
  }
}
