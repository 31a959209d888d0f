package dev.parley.adapters.outbound.zulip.realm;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What goes wrong with the double on demand. */
public final class Troubles {

  /**
   * Something that happens once.
   *
   * @param done whether the request is carried out, though nobody is told
   * @param late whether its own answer is given after all
   * @param answer what is answered instead; null for nothing: the connection is ended
   */
  record Trouble(
      Predicate<Call> when, boolean done, boolean late, @Nullable Answer answer, Duration pause) {}

  private final Queue<Trouble> planned = new ConcurrentLinkedQueue<>();
  private volatile Duration heartbeat = Duration.ofSeconds(20);
  private volatile boolean forgetful;

  Duration heartbeat() {
    return heartbeat;
  }

  /** After how long without events a poll is answered by a heartbeat. */
  public void heartbeat(Duration every) {
    heartbeat = every;
  }

  boolean forgetful() {
    return forgetful;
  }

  /** Delivers events again that were acknowledged. */
  public void forgetful(boolean whether) {
    forgetful = whether;
  }

  /** Answers the next such request by a failure of the server. */
  public void fail(String method, String path, int status) {
    plan(
        method,
        path,
        false,
        Answer.error(status, "INTERNAL_SERVER_ERROR", "Internal server error"),
        Duration.ZERO);
  }

  /** Answers the next such request by something that Zulip does not know. */
  public void answerOddly(String method, String path) {
    plan(method, path, false, Answer.ok(Shapes.success().put("odd", 1)), Duration.ZERO);
  }

  /** Asks to slow down; the time is in a header, in the body, or not given. */
  public void limitRate(String method, String path, @Nullable String header, double seconds) {
    var body = Shapes.error("RATE_LIMIT_HIT", "API usage exceeded rate limit");
    if (seconds > 0) {
      body.put("retry-after", seconds);
    }
    var headers =
        header == null
            ? Map.<String, String>of()
            : Map.of("Retry-After", header, "X-RateLimit-Remaining", "0");
    plan(method, path, false, new Answer(429, body, headers), Duration.ZERO);
  }

  /** Does what the next such request asks for, and ends the connection without an answer. */
  public void doAndHangUp(String method, String path) {
    plan(method, path, true, null, Duration.ZERO);
  }

  /** Does what the next such request asks for, and fails then. */
  public void doAndFail(String method, String path, int status) {
    plan(
        method,
        path,
        true,
        Answer.error(status, "INTERNAL_SERVER_ERROR", "Internal server error"),
        Duration.ZERO);
  }

  /** Does what the next such request asks for, and answers late. */
  public void doAndAnswerLate(String method, String path, Duration pause) {
    plan(method, path, true, null, pause);
  }

  /** Does what the next such request asks for, and tells of it after a pause. */
  public void tellLate(String method, String path, Duration pause) {
    planned.add(new Trouble(call -> call.is(method, path), true, true, null, pause));
  }

  private void plan(
      String method, String path, boolean done, @Nullable Answer answer, Duration pause) {
    planned.add(new Trouble(call -> call.is(method, path), done, false, answer, pause));
  }

  /** Whether all that was planned has happened, or is happening. */
  public boolean areOver() {
    return planned.isEmpty();
  }

  /** The trouble for a call, which is over with that. */
  Optional<Trouble> next(Call call) {
    var due = planned.stream().filter(trouble -> trouble.when().test(call)).toList();
    return due.stream().filter(planned::remove).findFirst();
  }
}
