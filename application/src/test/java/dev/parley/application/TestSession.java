package dev.parley.application;

import dev.parley.adapters.outbound.wire.JsonBeats;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.participant.SenderGlob;
import dev.parley.domain.reading.ReaderName;
import dev.parley.domain.reading.ReadingPosition;
import dev.parley.domain.reading.ReadingPositionId;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.domain.topic.TopicPattern;
import dev.parley.ports.inbound.CatchUp;
import dev.parley.ports.inbound.Follow;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.HandOffProjections;
import dev.parley.ports.outbound.PostedIds;
import dev.parley.ports.outbound.ReadingPositions;
import dev.parley.ports.outbound.Self;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One session of the application over a backend, with everything it was pushed. */
final class TestSession implements Follow.Listener {

  static final TopicName TOPIC = new TopicName("ctx");
  static final TopicName SIDE = new TopicName("side");
  static final Handle SELF = new Handle("self");
  static final Sender PEER = Sender.agent(new Handle("peer"));
  static final PushRules ALL = new PushRules(List.of(new SenderGlob("*")), null, 1_000);

  /** What a session keeps over a restart. */
  static final class Store implements ReadingPositions, PostedIds, HandOffProjections {

    private final Map<ReadingPositionId, ReadingPosition> positions = new ConcurrentHashMap<>();
    private final Set<MessageId> posted = ConcurrentHashMap.newKeySet();

    private final Map<String, Projection> projections = new ConcurrentHashMap<>();

    @Override
    public Optional<Projection> find(String store, TopicName topic) {
      return Optional.ofNullable(projections.get(store + topic));
    }

    @Override
    public void save(String store, TopicName topic, Projection projection) {
      projections.put(store + topic, projection);
    }

    @Override
    public ReadingPosition find(ReadingPositionId id) {
      return positions.getOrDefault(id, ReadingPosition.unread(id));
    }

    @Override
    public synchronized boolean advance(
        ReadingPositionId id, @Nullable Cursor readFrom, Cursor readTo) {
      var moved = find(id).advance(readFrom, readTo);
      moved.ifPresent(position -> positions.put(id, position));
      return moved.isPresent();
    }

    @Override
    public void add(MessageId id) {
      posted.add(id);
    }

    @Override
    public boolean contains(MessageId id) {
      return posted.contains(id);
    }
  }

  final UseCases useCases;
  final List<Follow.Pushed> pushed = new CopyOnWriteArrayList<>();
  final List<TopicName> gaps = new CopyOnWriteArrayList<>();
  final List<String> interruptions = new CopyOnWriteArrayList<>();
  final List<Map<TopicName, Integer>> summaries = new CopyOnWriteArrayList<>();

  TestSession(Backend backend, Store store, PushRules rules, Duration longestPost) {
    this(backend, Sender.agent(SELF), store, rules, longestPost);
  }

  TestSession(Backend backend, Sender self, Store store, PushRules rules, Duration longestPost) {
    var handle = new Handle(self.handle());
    this.useCases =
        UseCases.over(
            backend,
            "memory",
            new Self(handle, self.kind(), new InstanceId(self.handle()), Path.of("state")),
            new AllowedTopics(
                List.of(TOPIC, SIDE),
                List.of(new TopicPattern("post-.*")),
                new TopicName("presence")),
            rules,
            new PresenceRules(false, true, Duration.ofMinutes(10), Duration.ofMinutes(30)),
            new JsonBeats(),
            store,
            store,
            store,
            longestPost);
  }

  TestSession(Backend backend, Store store) {
    this(backend, store, ALL, Duration.ofSeconds(10));
  }

  TestSession(Backend backend) {
    this(backend, new Store());
  }

  /** Follows some topics; returns once the starting points are fixed. */
  Follow.Following follow(TopicName... topics) throws InterruptedException {
    var following = useCases.follow().follow(List.of(topics), this);
    if (!following.awaitStarted(Duration.ofSeconds(10))) {
      throw new AssertionError("following did not start within 10 s");
    }
    return following;
  }

  MessageId post(String content) {
    return useCases.post().post(Draft.of(TOPIC, content));
  }

  /** What is unread for the default reader, as one page of at most {@code limit}. */
  CatchUp.Unread unread(int limit, Duration block, TopicName... topics)
      throws InterruptedException {
    return unread(limit, 40_000, block, ReaderName.DEFAULT, topics);
  }

  CatchUp.Unread unread(
      int limit, int characters, Duration block, ReaderName reader, TopicName... topics)
      throws InterruptedException {
    return useCases
        .catchUp()
        .unread(new CatchUp.Query(List.of(topics), limit, characters, block, reader));
  }

  CatchUp.OfTopic unreadOf(TopicName topic) throws InterruptedException {
    return unread(100, Duration.ZERO, topic).topics().getFirst();
  }

  /** Reads everything, so that the next message is the first unread one. */
  void catchUp() throws InterruptedException {
    unread(1_000, Duration.ZERO).handedOver();
  }

  List<String> pushedContents() {
    return pushed.stream().map(p -> p.message().content()).toList();
  }

  static List<String> contents(List<Message> messages) {
    return messages.stream().map(Message::content).toList();
  }

  @Override
  public void message(Follow.Pushed message) {
    pushed.add(message);
  }

  @Override
  public void heldBack(Map<TopicName, Integer> counts) {
    summaries.add(counts);
  }

  @Override
  public void gap(TopicName topic) {
    gaps.add(topic);
  }

  @Override
  public void interrupted(TopicName topic, String why) {
    interruptions.add(why);
  }
}
