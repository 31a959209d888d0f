package dev.parley.adapters.inbound.mcp;

import dev.parley.domain.handoff.Act;
import dev.parley.domain.handoff.Brief;
import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffId;
import dev.parley.domain.handoff.HandOffKey;
import dev.parley.domain.handoff.HandOffState;
import dev.parley.domain.handoff.HandOffState.Offered;
import dev.parley.domain.history.Page;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.presence.RosterEntry;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.domain.topic.TopicPattern;
import dev.parley.ports.About;
import dev.parley.ports.ContentLimit;
import dev.parley.ports.inbound.CatchUp;
import dev.parley.ports.inbound.FetchRecent;
import dev.parley.ports.inbound.HandOffWork;
import dev.parley.ports.inbound.ListUsers;
import dev.parley.ports.inbound.ObserveTopic;
import dev.parley.ports.inbound.PostMessage;
import dev.parley.ports.inbound.ShowHandOffs;
import dev.parley.ports.inbound.ShowTopics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The use cases: they keep what they are asked, answer with every kind of message, or fail. */
final class FakeParley
    implements PostMessage,
        FetchRecent,
        CatchUp,
        ObserveTopic,
        ShowTopics,
        ListUsers,
        HandOffWork,
        ShowHandOffs {

  static final TopicName TOPIC = new TopicName("ctx");

  final List<Draft> drafts = new ArrayList<>();
  final List<FetchRecent.Query> fetches = new ArrayList<>();
  final List<CatchUp.Query> catchUps = new ArrayList<>();
  final Map<TopicName, Runnable> watches = new HashMap<>();
  final List<ListUsers.Query> listings = new ArrayList<>();
  List<RosterEntry> users = List.of();
  @Nullable String caveat;
  @Nullable Throwable failure;
  List<TopicName> subscribed = List.of(TOPIC);

  /** How the next act is taken, the hand-offs there are, and how they are asked for. */
  Verdict verdict = Verdict.APPLIED;

  List<HandOff> handOffs = List.of(handOff(TOPIC, new Offered()));
  boolean truncated;
  List<String> notes = List.of();
  final List<Act> acts = new ArrayList<>();
  final List<ShowHandOffs.Query> lists = new ArrayList<>();

  private static Message message(
      String id, Sender sender, @Nullable MessageId parent, Condition condition) {
    return new Message(
        new MessageId(id),
        TOPIC,
        sender,
        "over to @self: \"quoted\" <&>\n\ud83d\ude00",
        new Cursor("c-" + id),
        Instant.EPOCH,
        parent,
        condition);
  }

  static List<Message> everyKind() {
    var agent = new Sender("agent", "U1", Sender.Kind.AGENT);
    var person = new Sender("person", null, Sender.Kind.PERSON);
    var unknown = new Sender("", null, Sender.Kind.UNVERIFIED);
    return List.of(
        message("1", agent, null, Condition.ORIGINAL),
        message("2", person, new MessageId("1"), Condition.EDITED),
        message("3", unknown, null, Condition.DELETED),
        message("4", unknown, null, Condition.UNREADABLE));
  }

  private void failIfAsked() {
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  @Override
  public MessageId post(Draft draft) {
    failIfAsked();
    drafts.add(draft);
    return new MessageId("posted");
  }

  @Override
  public Page fetch(FetchRecent.Query query) {
    failIfAsked();
    fetches.add(query);
    return new Page(everyKind(), new Cursor("next"), true, true);
  }

  @Override
  public void shown(Page page) {}

  @Override
  public Unread unread(CatchUp.Query query) {
    failIfAsked();
    catchUps.add(query);
    var pushed = Set.of(new MessageId("2"));
    var first = new OfTopic(TOPIC, null, everyKind(), false, true, true, pushed);
    var second =
        new OfTopic(
            new TopicName("side"), new Cursor("c"), List.of(), true, false, false, Set.of());
    return new Unread() {
      @Override
      public List<OfTopic> topics() {
        return List.of(first, second);
      }

      @Override
      public void handedOver() {}
    };
  }

  @Override
  public List<Backlog> backlog(int atMost) {
    return List.of();
  }

  static HandOff handOff(TopicName topic, HandOffState state) {
    var agent = new Sender("planner", "U1", Sender.Kind.AGENT);
    var key = new HandOffKey(topic, new HandOffId("ho-1"));
    return new HandOff(
        key, agent, new MessageId("o"), new Handle("self"), "goal\nContext: why", state);
  }

  @Override
  public Outcome offer(TopicName topic, @Nullable Handle to, Brief brief) {
    return perform(topic, Act.Offer.of(new HandOffId("ho-1"), to, brief));
  }

  @Override
  public Outcome perform(TopicName topic, Act act) {
    failIfAsked();
    acts.add(act);
    return outcomeOf(topic, act, new MessageId("posted"));
  }

  @Override
  public Outcome outcomeOf(TopicName topic, Act act, MessageId message) {
    var known = verdict == Verdict.UNKNOWN || verdict == Verdict.UNSEEN ? null : handOffs.get(0);
    return new Outcome(act, message, verdict, known, "as it went");
  }

  @Override
  public Listing list(ShowHandOffs.Query query) {
    failIfAsked();
    lists.add(query);
    return new Listing(handOffs, truncated, notes);
  }

  @Override
  public List<HandOff> find(HandOffId id) {
    return handOffs.stream().filter(one -> one.key().id().equals(id)).toList();
  }

  @Override
  public Page recent(TopicName topic, int messages, int characters) {
    topics().usable(topic);
    failIfAsked();
    return new Page(everyKind(), new Cursor("next"), true, true);
  }

  @Override
  public Watch watch(TopicName topic, Runnable changed) {
    topics().usable(topic);
    failIfAsked();
    watches.put(topic, changed);
    return () -> watches.remove(topic);
  }

  @Override
  public Users users(ListUsers.Query query) {
    failIfAsked();
    listings.add(query);
    return new Users(users, false, caveat);
  }

  @Override
  public AllowedTopics topics() {
    return new AllowedTopics(
        subscribed, List.of(new TopicPattern("side-.*")), new TopicName("presence"));
  }

  @Override
  public About backend() {
    var limit = new ContentLimit(12_345, ContentLimit.Unit.CODE_POINTS);
    return new About("fake", null, "this process", null, limit, null, null);
  }

  static List<TopicName> manyTopics(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new TopicName("topic-%03d".formatted(i)))
        .toList();
  }
}
