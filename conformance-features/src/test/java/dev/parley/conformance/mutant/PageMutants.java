package dev.parley.conformance.mutant;

import dev.parley.conformance.Law;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Self;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** What can be broken in reading the history. */
public final class PageMutants {

  private PageMutants() {}

  /** All of them. */
  public static List<Mutant> all() {
    return List.of(
        new SortsPagesBySender(),
        new RepeatsTheCursor(),
        new SkipsOneBetweenPages(),
        new LatestComesNewestFirst(),
        new RefusesTopicsNeverPostedTo(),
        new LosesOneUnderLoad(),
        new TakesEverybodyForAnAgent(),
        new HidesTheGap(),
        new AlwaysSaysGap(),
        new StaysBeforeTheGap(),
        new TakesAnyCursor(),
        new StopsAtUnreadableRecords(),
        new DropsUnreadableRecords(),
        new HidesEdits());
  }

  /** A mutant that changes pages. */
  abstract static class ChangesPages extends Mutant {

    private final Law law;
    private final UnaryOperator<Page> change;

    ChangesPages(Law law, UnaryOperator<Page> change) {
      this.law = law;
      this.change = change;
    }

    @Override
    public Law breaks() {
      return law;
    }

    @Override
    Backend broken(Backend sound, BackendConfig config, Self self) {
      return new Altered(sound) {
        @Override
        Page altered(Page page) {
          return change.apply(page);
        }
      };
    }

    static Page each(Page page, UnaryOperator<Message> messageChange) {
      return Altered.with(page, page.messages().stream().map(messageChange).toList());
    }
  }

  /** Puts each page in the order of its senders. */
  public static final class SortsPagesBySender extends ChangesPages {
    /** Made anew in every process. */
    public SortsPagesBySender() {
      super(
          Law.S03,
          page ->
              Altered.with(
                  page,
                  page.messages().stream()
                      .sorted(Comparator.comparing(message -> message.sender().handle()))
                      .toList()));
    }
  }

  /** Gives the newest messages in the wrong order. */
  public static final class LatestComesNewestFirst extends Mutant {
    @Override
    public Law breaks() {
      return Law.S05;
    }

    @Override
    Backend broken(Backend sound, BackendConfig config, Self self) {
      return new Altered(sound) {
        @Override
        public Page fetchRecent(TopicName topic, Window window) {
          var page = super.fetchRecent(topic, window);
          return window instanceof Window.Latest ? with(page, page.messages().reversed()) : page;
        }
      };
    }
  }

  /** Knows only topics with messages. */
  public static final class RefusesTopicsNeverPostedTo extends Mutant {
    @Override
    public Law breaks() {
      return Law.S05;
    }

    @Override
    Backend broken(Backend sound, BackendConfig config, Self self) {
      return new Altered(sound) {
        @Override
        public Page fetchRecent(TopicName topic, Window window) {
          if (super.fetchRecent(topic, Window.latest(1)).messages().isEmpty()) {
            throw new BackendException.NoSuchTopic("nobody has posted to '%s'".formatted(topic));
          }
          return super.fetchRecent(topic, window);
        }
      };
    }
  }

  /** Begins a page with the message of its cursor. */
  public static final class RepeatsTheCursor extends Mutant {
    @Override
    public Law breaks() {
      return Law.S04;
    }

    @Override
    Backend broken(Backend sound, BackendConfig config, Self self) {
      return new Altered(sound) {
        private final Map<Cursor, Message> known = new ConcurrentHashMap<>();

        @Override
        public Page fetchRecent(TopicName topic, Window window) {
          var page = super.fetchRecent(topic, window);
          page.messages().forEach(message -> known.put(message.cursor(), message));
          if (window instanceof Window.After after && known.containsKey(after.cursor())) {
            var messages = new ArrayList<Message>();
            messages.add(known.get(after.cursor()));
            messages.addAll(page.messages());
            return with(page, messages);
          }
          return page;
        }
      };
    }
  }

  /** Loses the last message of every page that is not the last page. */
  public static final class SkipsOneBetweenPages extends ChangesPages {
    /** Made anew in every process. */
    public SkipsOneBetweenPages() {
      super(
          Law.S04,
          page ->
              page.more() && page.messages().size() > 1
                  ? Altered.with(page, page.messages().subList(0, page.messages().size() - 1))
                  : page);
    }
  }

  /** Does not see yet what was stored a moment ago, though it sees what was stored after it. */
  public static final class LosesOneUnderLoad extends ChangesPages {
    private static final Duration MOMENT = Duration.ofMillis(50);

    /** Made anew in every process. */
    public LosesOneUnderLoad() {
      super(Law.S06, LosesOneUnderLoad::withHoles);
    }

    private static Page withHoles(Page page) {
      var fresh = Instant.now().minus(MOMENT);
      var kept = new ArrayList<>(page.messages());
      if (kept.size() > 1 && kept.get(kept.size() - 2).timestamp().isAfter(fresh)) {
        kept.remove(kept.size() - 2);
      }
      return Altered.with(page, kept);
    }
  }

  /** Vouches for everybody. */
  public static final class TakesEverybodyForAnAgent extends ChangesPages {
    /** Made anew in every process. */
    public TakesEverybodyForAnAgent() {
      super(
          Law.S11,
          page ->
              each(
                  page,
                  message ->
                      new Message(
                          message.id(),
                          message.topic(),
                          new Sender(message.sender().handle(), null, Sender.Kind.AGENT),
                          message.content(),
                          message.cursor(),
                          message.timestamp(),
                          message.parent(),
                          message.condition())));
    }
  }

  /** Never tells of a gap. */
  public static final class HidesTheGap extends ChangesPages {
    /** Made anew in every process. */
    public HidesTheGap() {
      super(Law.S14, page -> new Page(page.messages(), page.next(), page.more(), false));
    }
  }

  /** Always tells of a gap. */
  public static final class AlwaysSaysGap extends ChangesPages {
    /** Made anew in every process. */
    public AlwaysSaysGap() {
      super(Law.S14, page -> new Page(page.messages(), page.next(), page.more(), true));
    }
  }

  /** Tells of a gap once more on the next page, if there is nothing else to tell. */
  public static final class StaysBeforeTheGap extends Mutant {
    @Override
    public Law breaks() {
      return Law.S14;
    }

    @Override
    Backend broken(Backend sound, BackendConfig config, Self self) {
      return new Altered(sound) {
        @Override
        public Page fetchRecent(TopicName topic, Window window) {
          var page = super.fetchRecent(topic, window);
          return page.gap() && page.messages().isEmpty() && window instanceof Window.After after
              ? new Page(List.of(), after.cursor(), false, true)
              : page;
        }
      };
    }
  }

  /** Starts from the oldest message when it does not know a cursor. */
  public static final class TakesAnyCursor extends Mutant {
    @Override
    public Law breaks() {
      return Law.S14;
    }

    @Override
    Backend broken(Backend sound, BackendConfig config, Self self) {
      return new Altered(sound) {
        @Override
        public Page fetchRecent(TopicName topic, Window window) {
          try {
            return super.fetchRecent(topic, window);
          } catch (BackendException.CursorRejected e) {
            return super.fetchRecent(topic, Window.oldest(window.limit()));
          }
        }
      };
    }
  }

  /** Cannot get past a record that it cannot read. */
  public static final class StopsAtUnreadableRecords extends ChangesPages {
    /** Made anew in every process. */
    public StopsAtUnreadableRecords() {
      super(Law.S19, StopsAtUnreadableRecords::orThrow);
    }

    private static Page orThrow(Page page) {
      if (page.messages().stream().anyMatch(m -> m.condition() == Condition.UNREADABLE)) {
        throw new BackendException.Unavailable("a record cannot be read", null, null);
      }
      return page;
    }
  }

  /** Leaves out what it cannot read. */
  public static final class DropsUnreadableRecords extends ChangesPages {
    /** Made anew in every process. */
    public DropsUnreadableRecords() {
      super(Law.S19, page -> Altered.with(page, readable(page.messages())));
    }

    private static List<Message> readable(List<Message> messages) {
      return messages.stream().filter(m -> m.condition() != Condition.UNREADABLE).toList();
    }
  }

  /** Shows an edited message as if it had always been so. */
  public static final class HidesEdits extends ChangesPages {
    /** Made anew in every process. */
    public HidesEdits() {
      super(
          Law.S21,
          page ->
              each(
                  page,
                  message ->
                      new Message(
                          message.id(),
                          message.topic(),
                          message.sender(),
                          message.content(),
                          message.cursor(),
                          message.timestamp(),
                          message.parent(),
                          Condition.ORIGINAL)));
    }
  }
}
