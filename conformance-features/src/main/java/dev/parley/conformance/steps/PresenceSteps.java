package dev.parley.conformance.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.application.PresenceRules;
import dev.parley.conformance.reading.History;
import dev.parley.domain.message.Draft;
import dev.parley.domain.participant.SenderGlob;
import dev.parley.domain.presence.Reach;
import dev.parley.domain.presence.RosterEntry;
import dev.parley.domain.topic.TopicName;
import dev.parley.domain.topic.TopicRefused;
import dev.parley.ports.inbound.ListUsers.Query;
import dev.parley.ports.inbound.ListUsers.Users;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** U01: sessions that announce themselves, and what they see of each other. */
public final class PresenceSteps {

  private static final Query EVERYBODY = query(null, null, false, 1000);

  private final World world;
  private final Sessions sessions;

  /** The steps of one scenario. */
  public PresenceSteps(World world, Sessions sessions) {
    this.world = world;
    this.sessions = sessions;
  }

  /** Begins a session that announces itself. */
  @Given("{word} is in session on {word}")
  public void inSession(String handle, String topics) {
    enter(handle, sessions.agent(handle, topics.split(",")));
  }

  /** Begins a session whose model is not handed what comes. */
  @Given("{word} is in session on {word}, without push")
  public void inSessionWithoutPush(String handle, String topics) {
    enter(handle, sessions.agent(handle, topics.split(",")).with(rules(true, false, 1800)));
  }

  /** Begins a session with short times. */
  @Given("{word} is in session on {word}, which believes a beat for {int} seconds")
  public void inSessionOfShortTimes(String handle, String topics, int seconds) {
    enter(handle, sessions.agent(handle, topics.split(",")).with(rules(true, true, seconds)));
  }

  /** Begins a session that neither announces itself nor listens. */
  @Given("{word} is in session on {word}, without presence")
  public void inSessionWithoutPresence(String handle, String topics) {
    enter(handle, sessions.agent(handle, topics.split(",")).with(rules(false, true, 1800)));
  }

  /** Begins a session that may post further than it reads. */
  @Given("{word} is in session on {word}, and may post to {word}")
  public void inSessionWithPatterns(String handle, String topics, String pattern) {
    enter(handle, sessions.agent(handle, topics.split(",")).postingTo(pattern));
  }

  /** Begins a further session of a handle. */
  @Given("{word} is in a second session on {word}, without push")
  public void inSecondSession(String handle, String topics) {
    enter(handle + "-2", sessions.agent(handle, topics.split(",")).with(rules(true, false, 1800)));
  }

  private void enter(String name, Sessions.Plan plan) {
    var warden = world.participant("warden");
    var beats = sessions.presenceTopic();
    var tail = History.tail(warden, beats);
    var announced = sessions.begin(name, plan).presence().announce();
    sessions.atEnd(name, announced::close);
    if (plan.presence().enabled()) {
      Awaitility.await("hello of " + name)
          .atMost(world.patience())
          .until(() -> !History.after(warden, beats, tail, 1).isEmpty());
    }
  }

  private static PresenceRules rules(boolean enabled, boolean push, int ttlSeconds) {
    var ttl = Duration.ofSeconds(ttlSeconds);
    return new PresenceRules(enabled, push, ttl.dividedBy(4), ttl);
  }

  /** Ends a session in good order. */
  @When("{word} ends the session")
  public void ends(String name) {
    sessions.end(name);
  }

  /** Ends a further session in good order. */
  @When("{word} ends the second session")
  public void endsSecond(String handle) {
    sessions.end(handle + "-2");
  }

  /** Posts as a person at a terminal, who announces nothing. */
  @When("{word} posts {string} to {word} as a person")
  public void postsAsPerson(String handle, String content, String topic) {
    var can = sessions.begin(sessions.person(handle, topic));
    can.post().post(Draft.of(world.topic(topic), content));
  }

  /** Posts in a session that was begun. */
  @When("{word} posts {string} in the session to {word}")
  public void postsInSession(String handle, String content, String topic) {
    sessions.of(handle).post().post(Draft.of(world.topic(topic), content));
  }

  /** Posts as software that knows no presence. */
  @When("{word} posts {string} to {word} without a session")
  public void postsWithoutSession(String handle, String content, String topic) {
    world.participant(handle).post(Draft.of(world.topic(topic), content));
  }

  /** Somebody is seen, and as what. */
  @Then("{word} sees {word} {word}, with reach {word}")
  public void sees(String session, String handle, String online, String reach) {
    awaitSeen(session, handle, is(online, reach));
  }

  /** Somebody is seen exactly once. */
  @Then("{word} sees {word} {word}, with reach {word}, once")
  public void seesOnce(String session, String handle, String online, String reach) {
    awaitSeen(session, handle, is(online, reach));
    assertThat(users(session).entries())
        .filteredOn(entry -> entry.handle().equals(handle))
        .hasSize(1);
  }

  /** Somebody is seen. */
  @Then("{word} sees {word} online")
  public void seesOnline(String session, String handle) {
    awaitSeen(session, handle.equals("herself") ? session : handle, RosterEntry::online);
  }

  /** Somebody is known and not there. */
  @Then("{word} sees {word} offline")
  public void seesOffline(String session, String handle) {
    awaitSeen(session, handle, entry -> !entry.online());
  }

  /** Somebody is there at every look in a stretch of time. */
  @Then("{word} sees {word} online for {int} seconds")
  public void seesOnlineFor(String session, String handle, int seconds) {
    seesOnline(session, handle);
    Awaitility.await()
        .during(Duration.ofSeconds(seconds))
        .atMost(Duration.ofSeconds(seconds + 5))
        .until(() -> seen(session, handle, RosterEntry::online));
  }

  /** Nobody of this name is known. */
  @Then("{word} does not see {word}")
  public void doesNotSee(String session, String handle) {
    assertThat(users(session).entries()).extracting(RosterEntry::handle).doesNotContain(handle);
  }

  /** The topics that are shown of somebody. */
  @Then("{word} sees {word} in {word}")
  public void seesIn(String session, String handle, String topics) {
    assertThat(entry(session, handle).topics())
        .extracting(TopicName::value)
        .containsExactlyInAnyOrder(topics.split(","));
  }

  /** What is shown of somebody who shares no topic but may post. */
  @Then("{word} sees no topics of {word}, but that he may post to {word}")
  public void seesPatterns(String session, String handle, String pattern) {
    var entry = entry(session, handle);
    assertThat(entry.topics()).isEmpty();
    assertThat(entry.postPatterns().expressions()).containsExactly(pattern);
  }

  /** A topic that is not this session's. */
  @Then("{word} is refused the users of {word}")
  public void isRefused(String session, String topic) {
    assertThatThrownBy(() -> users(session, inTopic(topic))).isInstanceOf(TopicRefused.class);
  }

  /** Narrowed by a glob. */
  @Then("{word} finds {word} by the filter {string}")
  public void findsByFilter(String session, String handles, String glob) {
    finds(session, handles, query(new SenderGlob(glob), null, false, 100));
  }

  /** Narrowed to a topic. */
  @Then("{word} finds {word} by the topic {word}")
  public void findsByTopic(String session, String handles, String topic) {
    finds(session, handles, inTopic(topic));
  }

  /** Narrowed to those who are there. */
  @Then("{word} finds {word} when only those online are asked for")
  public void findsOnline(String session, String handles) {
    finds(session, handles, query(null, null, true, 100));
  }

  /** Cut by a limit. */
  @Then("{word} finds {int} users and that there are more when she asks for {int}")
  public void findsSome(String session, int found, int limit) {
    var users = users(session, query(null, null, false, limit));
    assertThat(users.entries()).hasSize(found);
    assertThat(users.truncated()).isTrue();
  }

  /** The caveat of an instance without presence. */
  @Then("{word} is told that presence is off")
  public void isToldThatPresenceIsOff(String session) {
    assertThat(users(session).caveat()).contains("presence is off");
  }

  /** No caveat. */
  @Then("{word} is told nothing else")
  public void isToldNothingElse(String session) {
    assertThat(users(session).caveat()).isNull();
    assertThat(users(session).truncated()).isFalse();
  }

  /** The list comes soon whatever strangers wrote. */
  @Then("{word} has her answer within {int} seconds")
  public void answersWithin(String session, int seconds) {
    var start = System.nanoTime();
    assertThat(users(session).entries()).isNotEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(seconds));
  }

  private static Query query(
      @Nullable SenderGlob filter, @Nullable TopicName topic, boolean online, int limit) {
    return new Query(filter, topic, online, null, limit, Duration.ofSeconds(10));
  }

  private Query inTopic(String topic) {
    return query(null, world.topic(topic), false, 100);
  }

  private void finds(String session, String handles, Query query) {
    var users = users(session, query);
    assertThat(users.entries())
        .extracting(RosterEntry::handle)
        .containsExactlyInAnyOrder(handles.split(","));
    assertThat(users.truncated()).isFalse();
  }

  private static Predicate<RosterEntry> is(String online, String reach) {
    var expected = Reach.valueOf(reach.toUpperCase(Locale.ROOT));
    return entry -> entry.online() == online.equals("online") && entry.reach() == expected;
  }

  private void awaitSeen(String session, String handle, Predicate<RosterEntry> as) {
    Awaitility.await()
        .atMost(world.patience())
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() ->
            assertThat(users(session).entries())
                .anyMatch(entry -> entry.handle().equals(handle) && as.test(entry)));
  }

  private boolean seen(String session, String handle, Predicate<RosterEntry> as) {
    var entry = entryOrNull(session, handle);
    return entry != null && as.test(entry);
  }

  private RosterEntry entry(String session, String handle) {
    var entry = entryOrNull(session, handle);
    if (entry == null) {
      throw new AssertionError("%s does not see %s".formatted(session, handle));
    }
    return entry;
  }

  private @Nullable RosterEntry entryOrNull(String session, String handle) {
    return users(session).entries().stream()
        .filter(entry -> entry.handle().equals(handle))
        .findFirst()
        .orElse(null);
  }

  private Users users(String session) {
    return users(session, EVERYBODY);
  }

  private Users users(String session, Query query) {
    try {
      return sessions.of(session).users().users(query);
    } catch (InterruptedException e) {
      throw new AssertionError("the scenario takes too long", e);
    }
  }
}
