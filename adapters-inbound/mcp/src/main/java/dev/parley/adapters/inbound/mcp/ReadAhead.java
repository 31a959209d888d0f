package dev.parley.adapters.inbound.mcp;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.ports.inbound.FetchRecent;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Pages of history, the next one made while the caller reads this one: whoever reads a topic page
 * by page, and has asked for two in a row, will ask for a third. Only a full page is made ahead,
 * and only for two seconds: the end of a topic is always read when it is asked for.
 */
final class ReadAhead {

  private static final Duration FRESH = Duration.ofSeconds(2);

  private final FetchRecent fetchRecent;
  private final Duration fresh;
  private final AtomicReference<@Nullable Expected> expected = new AtomicReference<>();

  ReadAhead(FetchRecent fetchRecent) {
    this(fetchRecent, FRESH);
  }

  /** Pages that are thrown away when they were begun so long ago. */
  ReadAhead(FetchRecent fetchRecent, Duration fresh) {
    this.fetchRecent = fetchRecent;
    this.fresh = fresh;
  }

  /** A page, and the answer that shows it. */
  private record Made(Page page, Answer answer) {}

  /** Reads a page, and makes the answer of it. */
  Answer read(FetchRecent.Query query) throws InterruptedException {
    var asked = withoutWaiting(query);
    var guess = expected.getAndSet(null);
    if (guess != null && !guess.query().equals(asked)) {
      guess = null;
    }
    var ahead = guess == null ? null : guess.made(fresh);
    var page = ahead != null ? ahead.page() : fetchRecent.fetch(query);
    fetchRecent.shown(page);
    var next = following(asked, page);
    if (next != null) {
      expected.set(guess == null ? new Expected(next, null, 0) : begin(next));
    }
    return ahead != null ? ahead.answer() : answer(page);
  }

  private Made make(FetchRecent.Query query) throws InterruptedException {
    var page = fetchRecent.fetch(query);
    return new Made(page, answer(page));
  }

  private static Answer answer(Page page) {
    return Answer.of(Json.page(page));
  }

  private Expected begin(FetchRecent.Query next) {
    var task = new FutureTask<>(() -> make(next));
    Thread.ofVirtual().name("read-ahead").start(task);
    return new Expected(next, task, System.nanoTime());
  }

  private static FetchRecent.Query withoutWaiting(FetchRecent.Query query) {
    return new FetchRecent.Query(query.topic(), query.window(), query.characters(), Duration.ZERO);
  }

  /** What is asked next by who goes on from a full page; null when there is no telling. */
  private static FetchRecent.@Nullable Query following(FetchRecent.Query query, Page page) {
    if (query.window() instanceof Window.After after
        && page.more()
        && page.messages().size() == after.limit()) {
      return new FetchRecent.Query(
          query.topic(),
          Window.after(page.next(), after.limit()),
          query.characters(),
          Duration.ZERO);
    }
    return null;
  }

  /**
   * What is likely to be asked next.
   *
   * @param task makes the page, unless it is not worth it yet
   * @param begun when it began to, by {@link System#nanoTime()}
   */
  private record Expected(FetchRecent.Query query, @Nullable FutureTask<Made> task, long begun) {

    /** The page if it was made and is good enough. */
    @Nullable Made made(Duration fresh) throws InterruptedException {
      if (task == null || System.nanoTime() - begun > fresh.toNanos()) {
        return null;
      }
      try {
        var made = task.get();
        return made.page().more() ? made : null;
      } catch (ExecutionException _) {
        // Reading it now either works or says why it does not.
        return null;
      }
    }
  }
}
