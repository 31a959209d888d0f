package dev.parley.application;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.About;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.CursorRejected;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.Unavailable;
import dev.parley.ports.ContentLimit;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendIdentity;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A double: a backend in memory that keeps the laws, and fails on demand. Its feed is driven by the
 * test unless it is told to hand over by itself.
 */
class MemoryBackend implements Backend {

  private final Handle handle;
  private final boolean handsOver;
  private final Map<TopicName, List<Message>> topics = new ConcurrentHashMap<>();
  private final Map<TopicName, List<Feed>> feeds = new ConcurrentHashMap<>();
  private int ids;
  private int trimmedBelow;
  private volatile boolean down;
  private volatile boolean losesAnswers;

  MemoryBackend(Handle handle, boolean handsOver) {
    this.handle = handle;
    this.handsOver = handsOver;
  }

  void goDown() {
    down = true;
  }

  void comeBack() {
    down = false;
  }

  void loseAnswers(boolean lose) {
    losesAnswers = lose;
  }

  void trimBelow(int id) {
    trimmedBelow = id;
  }

  List<Feed> feedsOf(TopicName topic) {
    return feeds.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>());
  }

  synchronized List<Message> history(TopicName topic) {
    return List.copyOf(messagesOf(topic));
  }

  private List<Message> messagesOf(TopicName topic) {
    return topics.computeIfAbsent(topic, _ -> new ArrayList<>());
  }

  Message store(TopicName topic, Sender sender, String content) {
    Message message;
    synchronized (this) {
      var id = ++ids;
      message =
          new Message(
              new MessageId("m" + id),
              topic,
              sender,
              content,
              new Cursor("c" + id),
              Instant.EPOCH.plusSeconds(id),
              null,
              Condition.ORIGINAL);
      messagesOf(topic).add(message);
    }
    if (handsOver) {
      feedsOf(topic).forEach(feed -> feed.message(message));
    }
    return message;
  }

  /** The same store, as another participant sees it. */
  Backend as(Sender sender) {
    return new As(sender);
  }

  @Override
  public MessageId post(Draft draft) {
    return postAs(Sender.agent(handle), draft);
  }

  private MessageId postAs(Sender sender, Draft draft) {
    requireUp();
    var message = store(draft.topic(), sender, draft.content());
    if (losesAnswers) {
      throw new OutcomeUnknown("the answer was lost", null);
    }
    return message.id();
  }

  @Override
  public Page fetchRecent(TopicName topic, Window window) {
    requireUp();
    return pageOf(topic, window);
  }

  private synchronized Page pageOf(TopicName topic, Window window) {
    var kept = messagesOf(topic).stream().filter(m -> numberOf(m) >= trimmedBelow).toList();
    return switch (window) {
      case Window.After(var cursor, var limit) -> {
        var from = numberOf(cursor);
        var later = kept.stream().filter(m -> numberOf(m) > from).toList();
        var gap =
            messagesOf(topic).stream()
                .anyMatch(m -> numberOf(m) > from && numberOf(m) < trimmedBelow);
        yield forwards(later, limit, cursor, gap);
      }
      case Window.Oldest(var limit) -> forwards(kept, limit, new Cursor("c0"), false);
      case Window.Before(var cursor, var limit) -> {
        var from = numberOf(cursor);
        var earlier = kept.stream().filter(m -> numberOf(m) < from).toList();
        var page = last(earlier, limit);
        yield new Page(
            page,
            page.isEmpty() ? cursor : page.getFirst().cursor(),
            earlier.size() > limit,
            false);
      }
      case Window.Latest(var limit) ->
          new Page(last(kept, limit), new Cursor("c" + ids), kept.size() > limit, false);
    };
  }

  private static Page forwards(List<Message> from, int limit, Cursor start, boolean gap) {
    var page = from.stream().limit(limit).toList();
    return new Page(
        page, page.isEmpty() ? start : page.getLast().cursor(), from.size() > limit, gap);
  }

  private static List<Message> last(List<Message> messages, int limit) {
    return messages.subList(Math.max(0, messages.size() - limit), messages.size());
  }

  private static int numberOf(Message message) {
    return numberOf(message.cursor());
  }

  private static int numberOf(Cursor cursor) {
    if (!cursor.value().matches("c[0-9]+")) {
      throw new CursorRejected("not a cursor of this store: " + cursor);
    }
    return Integer.parseInt(cursor.value().substring(1));
  }

  private void requireUp() {
    if (down) {
      throw unavailable();
    }
  }

  static BackendException unavailable() {
    return new Unavailable("the backend in memory is down", null, null);
  }

  @Override
  public Subscription subscribe(TopicName topic, Feed feed) {
    feedsOf(topic).add(feed);
    return () -> feedsOf(topic).remove(feed);
  }

  @Override
  public BackendIdentity resolveIdentity(Handle who) {
    return new BackendIdentity(who, null);
  }

  @Override
  public About about() {
    return new About(
        "memory",
        null,
        "this process",
        null,
        new ContentLimit(1_000_000, ContentLimit.Unit.UTF8_BYTES),
        null,
        null);
  }

  @Override
  public void close() {
    feeds.clear();
  }

  private final class As implements Backend {

    private final Sender sender;

    As(Sender sender) {
      this.sender = sender;
    }

    @Override
    public MessageId post(Draft draft) {
      return postAs(sender, draft);
    }

    @Override
    public Page fetchRecent(TopicName topic, Window window) {
      return MemoryBackend.this.fetchRecent(topic, window);
    }

    @Override
    public Subscription subscribe(TopicName topic, Feed feed) {
      return MemoryBackend.this.subscribe(topic, feed);
    }

    @Override
    public BackendIdentity resolveIdentity(Handle who) {
      return MemoryBackend.this.resolveIdentity(who);
    }

    @Override
    public About about() {
      return MemoryBackend.this.about();
    }

    @Override
    public void close() {
      // The store is the test's.
    }
  }
}
