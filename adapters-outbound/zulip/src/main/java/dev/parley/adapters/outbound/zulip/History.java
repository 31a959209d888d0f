package dev.parley.adapters.outbound.zulip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Deadlines;
import dev.parley.adapters.outbound.support.JsonAnswer;
import dev.parley.adapters.outbound.support.NoAnswer;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Reads messages of one Zulip topic once they are settled. */
final class History {

  // Zulip gives whole seconds, in its messages and by its clock.
  private static final Duration ROUNDING = Duration.ofSeconds(1);

  private final ZulipApi api;
  private final Settling settling;
  private final String narrow;
  private final Deadline deadline;

  /** Messages of a topic, by its name in Zulip. */
  History(ZulipApi api, Settling settling, Channel channel, String topic, Deadline deadline) {
    this.api = api;
    this.settling = settling;
    this.narrow = "[%s,%s]".formatted(term("stream", channel.id()), term("topic", topic));
    this.deadline = deadline;
  }

  private static String term(String operator, Object operand) {
    return Json.object(Map.of("operator", operator, "operand", operand));
  }

  /** The last messages up to an anchor, and the anchor itself. */
  Batch before(String anchor, int count) throws NoAnswer, Refusal, InterruptedException {
    var batch = ask(anchor, count, 0);
    var newest = batch.newest();
    return awaitSettled(newest) ? ask(Long.toString(newest), count, 0).upTo(newest) : batch;
  }

  /** The first messages from an anchor on, the anchor itself, and the one before it. */
  Batch after(String anchor, int count) throws NoAnswer, Refusal, InterruptedException {
    var batch = ask(anchor, 1, count);
    var newest = batch.newest();
    return awaitSettled(newest) ? ask(anchor, 1, count).upTo(newest) : batch;
  }

  /** Whether a message is gone, and not only in another topic. */
  boolean isGone(long id) throws NoAnswer, Refusal {
    try {
      var _ = api.get("/messages/" + id, Map.of("apply_markdown", "false"), deadline.left());
      return false;
    } catch (Refusal refusal) {
      if (refusal.isFailure()) {
        throw refusal;
      }
      return true;
    }
  }

  private Batch ask(String anchor, int before, int after) throws NoAnswer, Refusal {
    var answer =
        api.get(
            "/messages",
            Map.of(
                "anchor",
                anchor,
                "num_before",
                Integer.toString(before),
                "num_after",
                Integer.toString(after),
                "narrow",
                narrow,
                "apply_markdown",
                "false",
                "client_gravatar",
                "true"),
            deadline.left());
    return seen(answer);
  }

  private Batch seen(JsonAnswer answer) {
    var batch = Batch.of(answer.body());
    var now = clock(answer.headers());
    batch.messages().forEach(message -> settling.seen(Batch.id(message), age(message, now)));
    return batch;
  }

  private static Instant clock(HttpHeaders headers) {
    try {
      return headers
          .firstValue("Date")
          .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
          .orElse(Instant.EPOCH);
    } catch (DateTimeException _) {
      return Instant.EPOCH;
    }
  }

  private static Duration age(JsonNode message, Instant now) {
    var sent = Instant.ofEpochSecond(message.path("timestamp").asLong());
    var age = Duration.between(sent, now).minus(ROUNDING);
    return age.isNegative() ? Duration.ZERO : age;
  }

  /** Waits until nothing can come before an id; false when there was nothing to wait for. */
  private boolean awaitSettled(long id) throws InterruptedException {
    var wait = settling.until(id);
    if (id == 0 || wait.isZero() || wait.isNegative()) {
      return false;
    }
    var half = deadline.left().dividedBy(2);
    Deadlines.pause(wait.compareTo(half) < 0 ? wait : half);
    return true;
  }
}
