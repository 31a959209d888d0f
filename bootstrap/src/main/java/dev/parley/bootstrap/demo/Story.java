package dev.parley.bootstrap.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Two agents confer, step by step; the first step that does not happen ends it. */
final class Story {

  private static final int MEASURED = 50;

  private final Venue venue;
  private final Narrator narrator;

  Story(Venue venue, Narrator narrator) {
    this.venue = venue;
    this.narrator = narrator;
  }

  /** Tells the story; gives the closing line. */
  String tell() throws DemoFailed {
    try (var planner = Agent.start("planner", venue)) {
      narrator.say("planner", "session started in %.0f ms".formatted(planner.startMillis()));
      var plan = post(planner, "Plan: the uploader needs retry with backoff. Who can take it?");
      narrator.say("planner", "posted the plan before anybody else was there");
      try (var coder = Agent.start("coder", venue)) {
        narrator.say("coder", "session started in %.0f ms".formatted(coder.startMillis()));
        catchUpAtStart(coder, plan);
        converse(planner, coder);
        coder.leave();
        narrator.say("coder", "session ended");
      }
      var missed = new ArrayList<String>();
      for (var text : List.of("Merged.", "Please bump the version.", "And tag the release.")) {
        missed.add(post(planner, text));
      }
      narrator.say("planner", "posted 3 messages while the coder was away");
      try (var coder = Agent.start("coder", venue)) {
        narrator.say("coder", "session started again in %.0f ms".formatted(coder.startMillis()));
        catchUpAfterRestart(coder, missed);
        var median = pushMedian(planner, coder);
        coder.leave();
        planner.leave();
        return "Two agents conferred on %s; median push %.1f ms.".formatted(venue.place(), median);
      }
    }
  }

  private void catchUpAtStart(Agent coder, String plan) throws DemoFailed {
    var notice =
        coder.event("the notice of unread messages", e -> e.meta("notice").equals("unread"));
    narrator.say("coder", "was told: " + notice.content());
    var unread = ids(catchUp(coder));
    require(
        unread.equals(List.of(plan)), "the coder should have read the plan, but read " + unread);
    narrator.say("coder", "read the plan with parley_catch_up");
  }

  private void converse(Agent planner, Agent coder) throws DemoFailed {
    var posted = System.nanoTime();
    var brief = post(planner, "@coder please add retry with backoff to uploader.ts");
    var pushed = coder.event("the brief", e -> e.meta("msg_id").equals(brief));
    narrator.say("planner", "posted a brief: \"%s\"".formatted(pushed.content()));
    narrator.say(
        "coder", "got it by push, %.1f ms after the post began".formatted(millis(posted, pushed)));

    var read = catchUp(coder);
    require(
        ids(read).equals(List.of(brief)),
        "the coder should have read the brief back, but read " + ids(read));
    require(
        messages(read).getFirst().path("pushed").asBoolean(),
        "the brief should have been marked as pushed");
    narrator.say("coder", "read it back with parley_catch_up, marked as already pushed");

    var answered = System.nanoTime();
    var answer =
        coder
            .tool(
                "parley_reply",
                Map.of(
                    "topic",
                    venue.topic(),
                    "content",
                    "@planner done, see the branch",
                    "in_reply_to",
                    brief))
            .path("backendMsgId")
            .asText();
    var reply = planner.event("the answer", e -> e.meta("msg_id").equals(answer));
    require(
        reply.meta("in_reply_to").equals(brief),
        "the answer should have come in the thread of the brief, but came without");
    narrator.say(
        "planner",
        "got the answer by push, in the thread of the brief, %.1f ms after: \"%s\""
            .formatted(millis(answered, reply), reply.content()));
  }

  private void catchUpAfterRestart(Agent coder, List<String> missed) throws DemoFailed {
    var notice =
        coder.event("the notice of unread messages", e -> e.meta("notice").equals("unread"));
    narrator.say("coder", "was told: " + notice.content());
    var read = ids(catchUp(coder));
    require(
        read.equals(missed),
        "the coder should have caught up with %s, but read %s".formatted(missed, read));
    require(ids(catchUp(coder)).isEmpty(), "nothing should be unread after catching up");
    narrator.say("coder", "caught up with exactly the 3 messages it had missed, in order");
  }

  private double pushMedian(Agent planner, Agent coder) throws DemoFailed {
    var latencies = new ArrayList<Double>();
    for (var i = 1; i <= MEASURED; i++) {
      var posted = System.nanoTime();
      var id = post(planner, "measurement %d of %d".formatted(i, MEASURED));
      latencies.add(
          millis(posted, coder.event("measurement " + i, e -> e.meta("msg_id").equals(id))));
    }
    latencies.sort(null);
    var median = latencies.get(MEASURED / 2);
    narrator.say(
        "both",
        "%d messages: pushed %.1f ms (median) and %.1f ms (slowest) after the post began"
            .formatted(MEASURED, median, latencies.getLast()));
    return median;
  }

  private String post(Agent agent, String content) throws DemoFailed {
    return agent
        .tool("parley_post", Map.of("topic", venue.topic(), "content", content))
        .path("backendMsgId")
        .asText();
  }

  private static JsonNode catchUp(Agent agent) throws DemoFailed {
    return agent.tool("parley_catch_up", Map.of()).path("topics").path(0);
  }

  private static List<JsonNode> messages(JsonNode topic) {
    return StreamSupport.stream(topic.path("messages").spliterator(), false).toList();
  }

  private static List<String> ids(JsonNode topic) {
    return messages(topic).stream().map(message -> message.path("backendMsgId").asText()).toList();
  }

  private static double millis(long from, Agent.Event event) {
    return (event.nanos() - from) / 1e6;
  }

  private static void require(boolean happened, String otherwise) throws DemoFailed {
    if (!happened) {
      throw new DemoFailed(otherwise);
    }
  }
}
