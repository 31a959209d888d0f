package dev.parley.application;

import dev.parley.domain.handoff.Act;
import dev.parley.domain.handoff.Effect;
import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffId;
import dev.parley.domain.handoff.HandOffs;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.CursorRejected;
import dev.parley.ports.StateUnavailable;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.HandOffProjections;
import dev.parley.ports.outbound.HandOffProjections.Projection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hand-offs of one topic, read on whenever somebody asks: from where the stored projection
 * ends, or without one from a bounded number of messages back.
 */
final class TopicHandOffs {

  private static final Logger LOG = LoggerFactory.getLogger(TopicHandOffs.class);

  private static final Sizes SIZES = new Sizes(500, 10_000);

  /** How many characters the acts among them may hold in all. */
  private static final int READ_BACK_CHARACTERS = 4_000_000;

  /** How many messages without an act may pass before the place is stored all the same. */
  private static final int UNSTORED = 1_000;

  private final TopicName topic;
  private final Backend backend;
  private final String store;
  private final HandOffProjections projections;
  private final Duration longestRead;
  private final Sizes sizes;

  private final RecentEffects effects = new RecentEffects();
  private final List<String> notes = new ArrayList<>();
  private HandOffs handOffs;
  private @Nullable Cursor cursor;
  private boolean truncated;
  private boolean gap;
  private boolean behind;
  private boolean changed;
  private int passed;

  /**
   * The hand-offs of a topic; nothing is read yet.
   *
   * @param longestRead how long one reading on may take
   */
  TopicHandOffs(
      TopicName topic,
      Backend backend,
      String store,
      HandOffProjections projections,
      Duration longestRead) {
    this(topic, backend, store, projections, longestRead, SIZES);
  }

  TopicHandOffs(
      TopicName topic,
      Backend backend,
      String store,
      HandOffProjections projections,
      Duration longestRead,
      Sizes sizes) {
    this.topic = topic;
    this.backend = backend;
    this.store = store;
    this.projections = projections;
    this.longestRead = longestRead;
    this.sizes = sizes;
    this.handOffs = new HandOffs(topic);
  }

  /**
   * How much is read.
   *
   * @param page messages at once; it does not change what is read
   * @param readBack messages in all, where nothing is stored
   */
  record Sizes(int page, int readBack) {}

  /** Reads on to the end of the topic. */
  synchronized void readOn() {
    if (cursor == null) {
      restore();
    }
    var deadline = System.nanoTime() + longestRead.toNanos();
    var from = cursor;
    Page page;
    do {
      page = from == null ? readBack() : readAfter(from);
      from = page.next();
      behind = page.more();
    } while (behind && System.nanoTime() < deadline);
  }

  /** What an act did, once it was read and as long as it is remembered. */
  synchronized Optional<Effect> effectOf(MessageId act) {
    return effects.find(act);
  }

  /** The hand-off of an id, as far as was read. */
  synchronized Optional<HandOff> find(HandOffId id) {
    return handOffs.find(id);
  }

  /** All that are known, the one changed last at the end. */
  synchronized List<HandOff> all() {
    return handOffs.all();
  }

  /** An id that is not in use, as far as was read. */
  synchronized HandOffId unusedId(RandomGenerator source) {
    return handOffs.unusedId(source);
  }

  /** Whether there may be others. */
  synchronized boolean truncated() {
    return truncated || gap || behind || handOffs.forgotOpen();
  }

  /** What a reader should know about how this was read, each sentence once. */
  synchronized List<String> takeNotes() {
    var taken = new ArrayList<>(notes);
    notes.clear();
    if (behind) {
      taken.add(
          "topic '%s' has more messages than could be read in %d s; ask again to read on"
              .formatted(topic, longestRead.toSeconds()));
    }
    if (handOffs.forgotOpen()) {
      taken.add(
          "topic '%s' has more than %,d open hand-offs; those that nobody touched the longest are not shown"
              .formatted(topic, HandOffs.KEPT));
    }
    return taken;
  }

  /** Whether storing would spare a later session some reading. */
  synchronized boolean isWorthStoring() {
    return cursor != null && (changed || passed >= UNSTORED);
  }

  /** Stores what was read, when that is worth it; a failure only warns. */
  void store() {
    Projection projection;
    synchronized (this) {
      if (cursor == null || !isWorthStoring()) {
        return;
      }
      projection = new Projection(cursor, handOffs.all(), truncated || handOffs.forgotOpen());
      changed = false;
      passed = 0;
    }
    try {
      projections.save(store, topic, projection);
    } catch (StateUnavailable e) {
      LOG.warn("hand-offs of topic '{}' are read again after a restart: {}", topic, e.getMessage());
    }
  }

  private void restore() {
    try {
      projections
          .find(store, topic)
          .ifPresent(stored -> {
            handOffs = new HandOffs(topic, stored.handOffs());
            cursor = stored.cursor();
            truncated = stored.truncated();
            if (truncated) {
              notes.add(onlyPartIsKnown());
            }
          });
    } catch (StateUnavailable e) {
      say("the stored hand-offs of topic '%s' are read anew: %s".formatted(topic, e.getMessage()));
    }
  }

  private Page readAfter(Cursor from) {
    try {
      var page = backend.fetchRecent(topic, Window.after(from, sizes.page()));
      if (!page.gap()) {
        page.messages().forEach(this::take);
        cursor = page.next();
        return page;
      }
      say(
          "history of topic '%s' is missing, so its hand-offs are read anew from what is left; older ones may be missing"
              .formatted(topic));
      gap = true;
    } catch (CursorRejected e) {
      say("the hand-offs of topic '%s' are read anew: %s".formatted(topic, e.getMessage()));
    }
    return readBack();
  }

  /** Begins anew with the last messages of the topic. */
  private Page readBack() {
    var last = backend.fetchRecent(topic, Window.latest(sizes.page()));
    var acts = new ArrayDeque<Message>();
    var page = last;
    var characters = addActs(page, acts);
    var read = page.messages().size();
    while (page.more() && read < sizes.readBack() && characters < READ_BACK_CHARACTERS) {
      page =
          backend.fetchRecent(
              topic, Window.before(page.messages().getFirst().cursor(), sizes.page()));
      characters += addActs(page, acts);
      read += page.messages().size();
    }
    handOffs = new HandOffs(topic);
    acts.forEach(this::take);
    truncated = page.more();
    if (truncated) {
      notes.add(onlyPartIsKnown());
    }
    cursor = last.next();
    changed = true;
    // The newest page ends at the end of the topic, whatever there is before it.
    return new Page(last.messages(), last.next(), false, false);
  }

  /** Puts the acts of a page before those that follow it; gives how many characters they hold. */
  private static int addActs(Page page, Deque<Message> acts) {
    var characters = 0;
    for (var message : page.messages().reversed()) {
      if (Act.in(message).isPresent()) {
        acts.addFirst(message);
        characters += message.content().length();
      }
    }
    return characters;
  }

  private void take(Message message) {
    passed++;
    handOffs
        .apply(message)
        .ifPresent(effect -> {
          changed |= effect instanceof Effect.Applied;
          effects.add(message.id(), effect);
        });
  }

  private String onlyPartIsKnown() {
    return "topic '%s' is longer than the %,d messages that are read back; hand-offs from before are not known here"
        .formatted(topic, sizes.readBack());
  }

  private void say(String sentence) {
    LOG.warn("{}", sentence);
    notes.add(sentence);
  }
}
