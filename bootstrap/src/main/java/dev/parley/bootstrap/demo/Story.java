package dev.parley.bootstrap.demo;

import dev.parley.bootstrap.meeting.Agent;
import dev.parley.bootstrap.meeting.MeetingFailed;
import dev.parley.bootstrap.meeting.Venue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A planner hands work to whoever is there, two coders race to claim it, a person looks on and
 * asks. The first step that does not happen ends it. Each line says what an answer or an event has
 * just said.
 */
final class Story {

  private static final int MEASURED = 50;
  private static final String ACCEPTANCE =
      "the upload test passes with a server that refuses twice";

  private final Venue venue;
  private final Narrator narrator;

  /** What is posted while one coder is away. */
  private final List<String> missed = new ArrayList<>();

  Story(Venue venue, Narrator narrator) {
    this.venue = venue;
    this.narrator = narrator;
  }

  /** Tells the story; gives the closing line. */
  String tell() throws MeetingFailed {
    try (var planner = join("planner");
        var ada = join("ada");
        var ben = join("ben")) {
      var race = untilTheResult(planner, ada, ben);
      comeBack(race.loser().name());
      var median = pushMedian(planner, race.winner());
      race.winner().leave();
      planner.leave();
      return "Three agents and a person conferred on %s; median push %.1f ms."
          .formatted(venue.place(), median);
    }
  }

  private Race untilTheResult(Agent planner, Agent ada, Agent ben) throws MeetingFailed {
    try (var ann = Person.watching("ann", venue)) {
      planner.post("Good morning. I hand out the work on the uploader.");
      narrator.show("ann", ann.sees("Good morning"));
      narrator.say("ann", "watches with 'parley tail'");
      lookAround(planner, ada, ben);
      var offer = offer(planner, ada, ben);
      narrator.show("ann", ann.sees(ACCEPTANCE));
      var race = Race.run(offer, ada, ben);
      tell(race, planner);
      narrator.show("ann", ann.sees("#claim " + offer.id()));
      narrator.show("ann", ann.sees("#claim " + offer.id()));
      race.loser().catchUp();
      race.loser().leave();
      narrator.say(race.loser().name(), "read what was unread, and left");
      work(planner, ann, offer, race.winner());
      return race;
    }
  }

  private Agent join(String handle) throws MeetingFailed {
    var agent = Agent.start(handle, venue);
    narrator.say(handle, "session started in %.0f ms".formatted(agent.startMillis()));
    return agent;
  }

  /**
   * Asks who is there until both coders are; in between it waits for a message, as an agent may.
   */
  private void lookAround(Agent planner, Agent... coders) throws MeetingFailed {
    var wanted = List.of(coders).stream().map(Agent::name).toList();
    var deadline = System.nanoTime() + Agent.PATIENCE.toNanos();
    while (true) {
      var users = planner.tool("parley_list_users", Map.of("topic", venue.topic())).path("users");
      var live = Agent.elements(users).filter(user -> user.path("reach").asText().equals("live"));
      var handles =
          live.map(user -> user.path("handle").asText())
              .filter(handle -> !handle.equals(planner.name()))
              .toList();
      if (handles.containsAll(wanted)) {
        narrator.say(
            "planner", "asked who else is there; reached live: " + String.join(", ", handles));
        return;
      }
      require(
          System.nanoTime() < deadline,
          "the planner should have found %s live, but found: %s".formatted(wanted, users));
      planner.tool("parley_catch_up", Map.of("block_ms", 100));
    }
  }

  private Offer offer(Agent planner, Agent... coders) throws MeetingFailed {
    var began = System.nanoTime();
    var answer =
        planner.tool(
            "parley_hand_off",
            Map.of(
                "topic",
                venue.topic(),
                "goal",
                "Add retry with backoff to uploader.ts",
                "context",
                "branch main; uploads fail when the server is busy",
                "acceptance",
                ACCEPTANCE));
    var offer = new Offer(answer.path("handOffId").asText(), answer.path("backendMsgId").asText());
    narrator.say("planner", "offered work to whoever claims it first: " + offer.id());
    for (var coder : coders) {
      var event = coder.event("the offer", e -> e.is(offer.message()));
      narrator.say(
          coder.name(),
          "got the offer by push, %.1f ms after: \"%s\""
              .formatted(event.millisSince(began), event.firstLine()));
    }
    return offer;
  }

  private void tell(Race race, Agent planner) throws MeetingFailed {
    narrator.say("both", "claim it at the same moment");
    narrator.say(race.winner().name(), "was told: " + race.won().path("says").asText());
    narrator.say(race.loser().name(), "was told: " + race.lost().path("says").asText());
    var claim = race.won().path("backendMsgId").asText();
    var event = planner.event("the claim", e -> e.is(claim));
    require(
        event.meta("hand_off_claimed_by").equals(race.winner().name()),
        "the planner should have been told who claimed it, but was told " + event.meta());
    narrator.say(
        "planner",
        "got the claim by push: %s, by %s"
            .formatted(event.meta("hand_off_state"), event.meta("hand_off_claimed_by")));
  }

  private void work(Agent planner, Person ann, Offer offer, Agent winner) throws MeetingFailed {
    report(planner, ann, offer, winner, "progress", "backoff is written, testing it now");
    var question =
        ann.answer(offer.message(), "@%s does it retry after a 503?".formatted(winner.name()));
    missed.add(question);
    var asked = winner.event("the question", e -> e.is(question));
    require(
        asked.meta("in_reply_to").equals(offer.message()),
        "the question should have come in the thread of the offer, but came with " + asked.meta());
    narrator.say(
        winner.name(),
        "got a question of %s (%s) by push, in the thread of the offer: \"%s\""
            .formatted(asked.meta("sender"), asked.meta("sender_kind"), asked.content()));
    var answer =
        winner.tool(
            "parley_reply",
            Map.of(
                "topic",
                venue.topic(),
                "content",
                "@ann yes, after 429 and 503, five times at most",
                "in_reply_to",
                question));
    missed.add(answer.path("backendMsgId").asText());
    narrator.show("ann", ann.sees("five times at most"));
    report(planner, ann, offer, winner, "done", "on branch retry, all tests pass");
    var listed = planner.tool("parley_list_hand_offs", Map.of("topic", venue.topic()));
    var handOff = listed.path("handOffs").path(0);
    require(
        handOff.path("state").asText().equals("done"),
        "the work should be done, but is " + handOff);
    narrator.say(
        "planner",
        "asked how it stands: %s is %s, by %s: \"%s\""
            .formatted(
                handOff.path("handOffId").asText(),
                handOff.path("state").asText(),
                handOff.path("claimedBy").asText(),
                handOff.path("note").asText()));
  }

  private void report(
      Agent planner, Person ann, Offer offer, Agent winner, String action, String note)
      throws MeetingFailed {
    var began = System.nanoTime();
    var answer =
        winner.tool(
            "parley_update_hand_off", Map.of("id", offer.id(), "action", action, "note", note));
    require(
        answer.path("effect").asText().equals("applied"),
        "%s should have counted, but: %s".formatted(action, answer));
    var message = answer.path("backendMsgId").asText();
    missed.add(message);
    var event = planner.event(action, e -> e.is(message));
    narrator.say(
        "planner",
        "got the %s by push, %.1f ms after: \"%s\""
            .formatted(
                action.equals("done") ? "result" : action,
                event.millisSince(began),
                event.content()));
    narrator.show("ann", ann.sees(note));
  }

  private void comeBack(String name) throws MeetingFailed {
    try (var agent = join(name)) {
      var notice =
          agent.event("the notice of unread messages", e -> e.meta("notice").equals("unread"));
      narrator.say(name, "was told: " + notice.content());
      var read = agent.catchUp();
      require(
          read.equals(missed),
          "%s should have caught up with %s, but read %s".formatted(name, missed, read));
      require(agent.catchUp().isEmpty(), "nothing should be unread after catching up");
      narrator.say(
          name, "caught up with exactly the %d messages missed, in order".formatted(read.size()));
      agent.leave();
    }
  }

  private double pushMedian(Agent planner, Agent coder) throws MeetingFailed {
    var latencies = new ArrayList<Double>();
    for (var i = 1; i <= MEASURED; i++) {
      var began = System.nanoTime();
      var id = planner.post("measurement %d of %d".formatted(i, MEASURED));
      latencies.add(coder.event("measurement " + i, e -> e.is(id)).millisSince(began));
    }
    latencies.sort(null);
    var median = latencies.get(MEASURED / 2);
    narrator.say(
        "planner",
        "posted %d messages: pushed %.1f ms (median) and %.1f ms (slowest) after the post began"
            .formatted(MEASURED, median, latencies.getLast()));
    return median;
  }

  private static void require(boolean happened, String otherwise) throws MeetingFailed {
    if (!happened) {
      throw new MeetingFailed(otherwise);
    }
  }
}
