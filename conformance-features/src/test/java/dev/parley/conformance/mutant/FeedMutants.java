package dev.parley.conformance.mutant;

import dev.parley.conformance.Law;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Self;
import dev.parley.ports.outbound.Subscription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** What can be broken in the live path. */
public final class FeedMutants {

  private FeedMutants() {}

  /** All of them. */
  public static List<Mutant> all() {
    return List.of(
        new ForgetsTheParentLive(),
        new LosesOneLive(),
        new SwapsTwoLive(),
        new GivesNoHints(),
        new HandsOverToOneOnly(),
        new SaysBehindOnlyOnce(),
        new LosesWhoBeginsInAnOutage(),
        new CallsFromManyThreads(),
        new HoldsUpTheOthers(),
        new CallsAfterClose());
  }

  /** A mutant that puts a feed of its own before each feed. */
  abstract static class ChangesFeeds extends Mutant {

    private final Law law;
    private final UnaryOperator<Feed> change;

    ChangesFeeds(Law law, UnaryOperator<Feed> change) {
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
        public Subscription subscribe(TopicName topic, Feed feed) {
          return super.subscribe(topic, change.apply(feed));
        }
      };
    }
  }

  /** Hands replies over as messages of their own. */
  public static final class ForgetsTheParentLive extends ChangesFeeds {
    /** Made anew in every process. */
    public ForgetsTheParentLive() {
      super(
          Law.S02,
          feed ->
              new Altered.AlteredFeed(feed) {
                @Override
                public void message(Message message) {
                  super.message(
                      new Message(
                          message.id(),
                          message.topic(),
                          message.sender(),
                          message.content(),
                          message.cursor(),
                          message.timestamp(),
                          null,
                          message.condition()));
                }
              });
    }
  }

  /** Loses every seventh message without a word. */
  public static final class LosesOneLive extends ChangesFeeds {
    /** Made anew in every process. */
    public LosesOneLive() {
      super(
          Law.S07,
          feed ->
              new Altered.AlteredFeed(feed) {
                @Override
                public void message(Message message) {
                  if (Long.parseLong(message.id().value()) % 7 != 0) {
                    super.message(message);
                  }
                }
              });
    }
  }

  /** Tells those who take hints that they are behind when they begin, and then nothing. */
  public static final class GivesNoHints extends ChangesFeeds {
    /** Made anew in every process. */
    public GivesNoHints() {
      super(
          Law.S07,
          feed ->
              new Altered.AlteredFeed(feed) {
                private final AtomicBoolean said = new AtomicBoolean();

                @Override
                public void message(Message message) {
                  if (feed.takesHints()) {
                    behind();
                  } else {
                    super.message(message);
                  }
                }

                @Override
                public void behind() {
                  if (!feed.takesHints() || said.compareAndSet(false, true)) {
                    super.behind();
                  }
                }
              });
    }
  }

  /** Hands every fifth message over after the one that follows it. */
  public static final class SwapsTwoLive extends ChangesFeeds {
    /** Made anew in every process. */
    public SwapsTwoLive() {
      super(
          Law.S08,
          feed ->
              new Altered.AlteredFeed(feed) {
                private Optional<Message> held = Optional.empty();

                @Override
                public void message(Message message) {
                  if (Long.parseLong(message.id().value()) % 5 == 0) {
                    held = Optional.of(message);
                    return;
                  }
                  super.message(message);
                  held.ifPresent(super::message);
                  held = Optional.empty();
                }
              });
    }
  }

  /** Says that it is behind when it begins, and never again. */
  public static final class SaysBehindOnlyOnce extends ChangesFeeds {
    /** Made anew in every process. */
    public SaysBehindOnlyOnce() {
      super(
          Law.S16,
          feed ->
              new Altered.AlteredFeed(feed) {
                private final AtomicBoolean said = new AtomicBoolean();

                @Override
                public void behind() {
                  if (said.compareAndSet(false, true)) {
                    super.behind();
                  }
                }
              });
    }
  }

  /** Says nothing more to a feed that heard of an outage first. */
  public static final class LosesWhoBeginsInAnOutage extends ChangesFeeds {
    /** Made anew in every process. */
    public LosesWhoBeginsInAnOutage() {
      super(
          Law.S16,
          feed ->
              new Altered.AlteredFeed(feed) {
                private boolean begun;
                private boolean lost;

                @Override
                public void interrupted(BackendException why) {
                  lost = !begun;
                  super.interrupted(why);
                }

                @Override
                public void behind() {
                  if (!lost) {
                    begun = true;
                    super.behind();
                  }
                }

                @Override
                public void message(Message message) {
                  if (!lost) {
                    super.message(message);
                  }
                }
              });
    }
  }

  /** Lets readers compete for messages: the last to subscribe gets them. */
  public static final class HandsOverToOneOnly extends ChangesFeeds {
    private static final Map<String, Feed> LATEST = new ConcurrentHashMap<>();

    /** Made anew in every process. */
    public HandsOverToOneOnly() {
      super(
          Law.S15,
          feed -> {
            LATEST.put("latest", feed);
            return new Altered.AlteredFeed(feed) {
              @Override
              public void message(Message message) {
                if (feed.equals(LATEST.get("latest"))) {
                  super.message(message);
                }
              }
            };
          });
    }
  }

  /** Makes each call on a thread of its own. */
  public static final class CallsFromManyThreads extends ChangesFeeds {
    /** Made anew in every process. */
    public CallsFromManyThreads() {
      super(
          Law.S20,
          feed ->
              new Altered.AlteredFeed(feed) {
                @Override
                public void message(Message message) {
                  Thread.startVirtualThread(() -> super.message(message));
                }
              });
    }
  }

  /** Has one thread for all feeds: none is called while another one works. */
  public static final class HoldsUpTheOthers extends ChangesFeeds {
    private static final Object ONE_AT_A_TIME = new Object();

    /** Made anew in every process. */
    public HoldsUpTheOthers() {
      super(
          Law.S20,
          feed ->
              new Altered.AlteredFeed(feed) {
                @Override
                public void message(Message message) {
                  synchronized (ONE_AT_A_TIME) {
                    super.message(message);
                  }
                }

                @Override
                public void behind() {
                  synchronized (ONE_AT_A_TIME) {
                    super.behind();
                  }
                }
              });
    }
  }

  /** Goes on after a subscription was closed. */
  public static final class CallsAfterClose extends Mutant {
    @Override
    public Law breaks() {
      return Law.S20;
    }

    @Override
    Backend broken(Backend sound, BackendConfig config, Self self) {
      return new Altered(sound) {
        @Override
        public Subscription subscribe(TopicName topic, Feed feed) {
          var _ = super.subscribe(topic, feed);
          return () -> {};
        }
      };
    }
  }
}
