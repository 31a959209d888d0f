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
    var look = look(anchor, count, 0);
    if (look.whole()) {
      return look.batch();
    }
    var newest = look.batch().newest();
    awaitSettled(newest);
    return look(Long.toString(newest), count, 0).batch().upTo(newest);
  }

  /** The first messages from an anchor on, the anchor itself, and the one before it. */
  Batch after(String anchor, int count) throws NoAnswer, Refusal, InterruptedException {
    var look = look(anchor, 1, count);
    if (look.whole()) {
      return look.batch();
    }
    var newest = look.batch().newest();
    awaitSettled(newest);
    return look(anchor, 1, count).batch().upTo(newest);
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

  /**
   * What was there.
   *
   * @param whole whether nothing can be missing below its newest message: all of it was settled
   *     before it was asked for, and not only when the answer came
   */
  private record Look(Batch batch, boolean whole) {}

  private Look look(String anchor, int before, int after) throws NoAnswer, Refusal {
    var settled = settling.settledUpTo();
    var asked = System.nanoTime();
    var answer = ask(anchor, before, after);
    var took = Duration.ofNanos(System.nanoTime() - asked);
    var batch = Batch.of(answer.body());
    var now = clock(answer.headers());
    batch.messages().forEach(message -> settling.seen(Batch.id(message), age(message, now)));
    var wasSettled = batch.newest() <= settled || isOld(batch.messages().getLast(), now, took);
    return new Look(batch, wasSettled);
  }

  private static boolean isOld(JsonNode message, Instant now, Duration took) {
    return age(message, now).minus(took).compareTo(Settling.LONGEST) >= 0;
  }

  private JsonAnswer ask(String anchor, int before, int after) throws NoAnswer, Refusal {
    return api.get(
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

  /** Waits until nothing can come before an id any more. */
  private void awaitSettled(long id) throws InterruptedException {
    var wait = settling.until(id);
    var half = deadline.left().dividedBy(2);
    Deadlines.pause(wait.compareTo(half) < 0 ? wait : half);
  }
}
