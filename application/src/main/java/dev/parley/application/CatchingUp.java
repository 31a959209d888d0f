package dev.parley.application;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.reading.ReaderName;
import dev.parley.domain.reading.ReadingPosition;
import dev.parley.domain.reading.ReadingPositionId;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.CursorRejected;
import dev.parley.ports.inbound.CatchUp;
import dev.parley.ports.inbound.FetchRecent;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.PostedIds;
import dev.parley.ports.outbound.ReadingPositions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jmolecules.ddd.annotation.Service;

/** Catching up: history by page, what is unread, and waiting for more on the live feed. */
@Service
final class CatchingUp implements FetchRecent, CatchUp {

  /** Pages in a row that held nothing but own posts, before an answer without messages is given. */
  private static final int MAX_OWN_PAGES = 20;

  private final AllowedTopics topics;
  private final Backend backend;
  private final String store;
  private final InstanceId instance;
  private final ReadingPositions positions;
  private final PostedIds postedIds;
  private final Session session;

  CatchingUp(
      AllowedTopics topics,
      Backend backend,
      String store,
      InstanceId instance,
      ReadingPositions positions,
      PostedIds postedIds,
      Session session) {
    this.topics = topics;
    this.backend = backend;
    this.store = store;
    this.instance = instance;
    this.positions = positions;
    this.postedIds = postedIds;
    this.session = session;
  }

  @Override
  public Page fetch(FetchRecent.Query query) throws InterruptedException {
    var topic = topics.usable(query.topic()).name();
    var page = backend.fetchRecent(topic, query.window());
    if (!(query.window() instanceof Window.Before) && isQuiet(page) && query.block().isPositive()) {
      page =
          Waiting.on(backend, List.of(topic))
              .until(
                  () -> backend.fetchRecent(topic, query.window()),
                  p -> !isQuiet(p),
                  query.block());
    }
    return new Budget(query.characters()).cut(page, query.window());
  }

  @Override
  public void shown(Page page) {
    page.messages().forEach(session::show);
  }

  private static boolean isQuiet(Page page) {
    return page.messages().isEmpty() && !page.gap();
  }

  @Override
  public Unread unread(CatchUp.Query query) throws InterruptedException {
    var asked =
        query.topics().isEmpty()
            ? topics.subscribed()
            : query.topics().stream().distinct().toList();
    asked.forEach(topics::followed);
    var unread = readAll(asked, query);
    if (!unread.hasNews() && query.block().isPositive()) {
      unread =
          Waiting.on(backend, asked)
              .until(() -> readAll(asked, query), UnreadTopics::hasNews, query.block());
    }
    unread.messages().forEach(session::show);
    return unread;
  }

  private UnreadTopics readAll(List<TopicName> asked, CatchUp.Query query) {
    var budget = new Budget(query.characters());
    var reads = new ArrayList<UnreadTopics.Read>(asked.size());
    for (var topic : asked) {
      reads.add(read(positionOf(query.reader(), topic), query.limit(), budget));
    }
    return new UnreadTopics(positions, reads);
  }

  private ReadingPosition positionOf(ReaderName reader, TopicName topic) {
    return positions.find(new ReadingPositionId(instance, reader, store, topic));
  }

  private UnreadTopics.Read read(ReadingPosition position, int limit, Budget budget) {
    var topic = position.id().topic();
    var since = position.cursor();
    if (since == null) {
      return latest(position, limit, budget, false);
    }
    try {
      var window = Window.after(since, budget.spent() ? 1 : limit);
      var page = readPage(topic, window);
      var gap = page.gap();
      for (var i = 0; i < MAX_OWN_PAGES && page.more() && allOwn(page.messages()); i++) {
        window = Window.after(page.next(), window.limit());
        page = readPage(topic, window);
        gap |= page.gap();
      }
      return reportOf(position, page, window, budget, gap, false);
    } catch (CursorRejected e) {
      return latest(position, limit, budget, true);
    }
  }

  private Page readPage(TopicName topic, Window window) {
    var page = backend.fetchRecent(topic, window);
    session.settle(topic, page.messages());
    return page;
  }

  private UnreadTopics.Read latest(
      ReadingPosition position, int limit, Budget budget, boolean gap) {
    var window = Window.latest(budget.spent() ? 1 : limit);
    var page = readPage(position.id().topic(), window);
    return reportOf(position, page, window, budget, gap || page.gap(), true);
  }

  private UnreadTopics.Read reportOf(
      ReadingPosition position,
      Page page,
      Window window,
      Budget budget,
      boolean gap,
      boolean earlier) {
    var others = page.messages().stream().filter(message -> !isOwn(message)).toList();
    var cut =
        others.isEmpty()
            ? new Page(others, page.next(), false, page.gap())
            : budget.cut(new Page(others, page.next(), page.more(), page.gap()), window);
    var beyond = page.more() || cut.more();
    var pushed =
        cut.messages().stream()
            .map(Message::id)
            .filter(session::wasPushed)
            .collect(Collectors.toUnmodifiableSet());
    var report =
        new OfTopic(
            position.id().topic(),
            // A rejected cursor is nothing to read from again.
            earlier ? null : position.cursor(),
            cut.messages(),
            beyond && !earlier,
            gap,
            earlier,
            pushed);
    return new UnreadTopics.Read(position, cut.next(), beyond, report);
  }

  @Override
  public List<Backlog> backlog(int atMost) {
    var backlogs = new ArrayList<Backlog>();
    for (var topic : topics.subscribed()) {
      var unread = read(positionOf(ReaderName.DEFAULT, topic), atMost, new Budget(Long.MAX_VALUE));
      var report = unread.report();
      if (!report.messages().isEmpty()) {
        backlogs.add(new Backlog(topic, report.messages().size(), unread.beyond()));
      }
    }
    return backlogs;
  }

  private boolean allOwn(List<Message> messages) {
    return messages.stream().allMatch(this::isOwn);
  }

  private boolean isOwn(Message message) {
    return session.posted(message.id()) || postedIds.contains(message.id());
  }
}
