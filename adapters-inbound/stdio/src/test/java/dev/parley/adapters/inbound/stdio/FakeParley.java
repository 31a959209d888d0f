package dev.parley.adapters.inbound.stdio;

import dev.parley.domain.handoff.Act;
import dev.parley.domain.handoff.Brief;
import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffId;
import dev.parley.domain.history.Page;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.About;
import dev.parley.ports.ContentLimit;
import dev.parley.ports.inbound.AnnouncePresence;
import dev.parley.ports.inbound.CatchUp;
import dev.parley.ports.inbound.FetchRecent;
import dev.parley.ports.inbound.Follow;
import dev.parley.ports.inbound.HandOffWork;
import dev.parley.ports.inbound.ListUsers;
import dev.parley.ports.inbound.ObserveTopic;
import dev.parley.ports.inbound.PostMessage;
import dev.parley.ports.inbound.ShowHandOffs;
import dev.parley.ports.inbound.ShowTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The use cases, with answers that a test decides on. */
final class FakeParley
    implements PostMessage,
        FetchRecent,
        CatchUp,
        Follow,
        ObserveTopic,
        ShowTopics,
        ListUsers,
        AnnouncePresence,
        HandOffWork,
        ShowHandOffs {

  static final TopicName TOPIC = new TopicName("ctx");

  final CountDownLatch postBegun = new CountDownLatch(1);
  final CountDownLatch waitBegun = new CountDownLatch(1);
  final CountDownLatch waitOver = new CountDownLatch(1);
  final AtomicInteger postsDone = new AtomicInteger();
  final AtomicInteger handedOver = new AtomicInteger();
  final AtomicInteger announced = new AtomicInteger();
  final AtomicInteger left = new AtomicInteger();

  /** How many answers had been handed over when each catch-up began to read. */
  final List<Integer> handedOverBeforeRead = new CopyOnWriteArrayList<>();

  /** While it is closed, handing over takes a while: until it opens, or 300 ms. */
  CountDownLatch handOverMayEnd = new CountDownLatch(0);

  volatile CountDownLatch postMayEnd = new CountDownLatch(0);
  volatile String content = "hello";
  volatile List<Backlog> backlog = List.of();
  volatile @Nullable Listener listener;
  volatile @Nullable Runnable watcher;
  volatile @Nullable RuntimeException failure;

  static Message message(String content, @Nullable MessageId parent) {
    return message(Sender.agent(new Handle("peer")), content, parent);
  }

  static Message message(Sender sender, String content) {
    return message(sender, content, null);
  }

  private static Message message(Sender sender, String content, @Nullable MessageId parent) {
    return new Message(
        new MessageId("m1"),
        TOPIC,
        sender,
        content,
        new Cursor("c1"),
        Instant.EPOCH,
        parent,
        Condition.ORIGINAL);
  }

  @Override
  public MessageId post(Draft draft) {
    postBegun.countDown();
    try {
      postMayEnd.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("a post was interrupted", e);
    }
    postsDone.incrementAndGet();
    return new MessageId("posted");
  }

  @Override
  public Page fetch(FetchRecent.Query query) throws InterruptedException {
    waitOut(query.block());
    return new Page(List.of(message(content, null)), new Cursor("c1"), false, false);
  }

  @Override
  public void shown(Page page) {}

  @Override
  public Unread unread(CatchUp.Query query) throws InterruptedException {
    handedOverBeforeRead.add(handedOver.get());
    if (handedOverBeforeRead.size() > 1) {
      handOverMayEnd.countDown();
    }
    waitOut(query.block());
    var topic =
        new OfTopic(TOPIC, null, List.of(message(content, null)), false, false, true, Set.of());
    return new Unread() {
      @Override
      public List<OfTopic> topics() {
        return List.of(topic);
      }

      @Override
      public void handedOver() {
        try {
          var _ = handOverMayEnd.await(300, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          throw new IllegalStateException("a hand-over was interrupted", e);
        }
        handedOver.incrementAndGet();
      }
    };
  }

  private void waitOut(Duration block) throws InterruptedException {
    if (block.isPositive()) {
      waitBegun.countDown();
      try {
        Thread.sleep(block);
      } finally {
        waitOver.countDown();
      }
    }
  }

  @Override
  public List<Backlog> backlog(int atMost) {
    return backlog;
  }

  @Override
  public Following follow(List<TopicName> topics, Listener follower) {
    listener = follower;
    return new Following() {
      @Override
      public boolean awaitStarted(Duration atMost) {
        return true;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Page recent(TopicName topic, int messages, int characters) {
    topics().usable(topic);
    var failing = failure;
    if (failing != null) {
      throw failing;
    }
    return new Page(List.of(message(content, null)), new Cursor("c1"), false, false);
  }

  @Override
  public Watch watch(TopicName topic, Runnable changed) {
    topics().usable(topic);
    watcher = changed;
    return () -> watcher = null;
  }

  @Override
  public Outcome offer(TopicName topic, @Nullable Handle to, Brief brief) {
    throw new UnsupportedOperationException("no test offers work here");
  }

  @Override
  public Outcome perform(TopicName topic, Act act) {
    throw new UnsupportedOperationException("no test changes a hand-off here");
  }

  @Override
  public Outcome outcomeOf(TopicName topic, Act act, MessageId id) {
    throw new UnsupportedOperationException("no test posts an act here");
  }

  @Override
  public Listing list(ShowHandOffs.Query query) {
    return new Listing(List.of(), false, List.of());
  }

  @Override
  public List<HandOff> find(HandOffId id) {
    return List.of();
  }

  @Override
  public Users users(ListUsers.Query query) throws InterruptedException {
    waitOut(query.patience());
    return new Users(List.of(), false, "patience was " + query.patience());
  }

  @Override
  public Announced announce() {
    announced.incrementAndGet();
    return left::incrementAndGet;
  }

  @Override
  public AllowedTopics topics() {
    return new AllowedTopics(List.of(TOPIC), List.of(), new TopicName("presence"));
  }

  @Override
  public About backend() {
    var limit = new ContentLimit(1_000_000, ContentLimit.Unit.UTF8_BYTES);
    return new About("fake", null, "this process", null, limit, null, null);
  }
}
