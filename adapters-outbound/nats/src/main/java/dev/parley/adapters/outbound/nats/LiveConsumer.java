package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.nats.Streams.Known;
import dev.parley.adapters.outbound.support.Deadline;
import io.nats.client.support.JsonValueUtils.MapBuilder;
import java.time.Duration;

/** A consumer that delivers a stream live and keeps no state that outlives its listener. */
record LiveConsumer(Known known, String name) {

  private static final Duration HEARTBEAT = Duration.ofSeconds(3);
  private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(5);

  /** Makes it on the server; it delivers from this sequence on. */
  void create(long first, Duration timeout, Faults faults) {
    var stream = known.stream().name();
    try {
      var _ =
          new StreamApi(known.session())
              .createConsumer(stream, name, config(first), Deadline.in(timeout));
    } catch (Unanswered unanswered) {
      throw faults.of(unanswered);
    } catch (ApiError error) {
      throw faults.of(error, stream);
    }
  }

  private MapBuilder config(long first) throws Unanswered {
    return Json.object()
        .put("deliver_subject", known.session().listenTo(name))
        .put("deliver_policy", "by_start_sequence")
        .put("opt_start_seq", first)
        .put("ack_policy", "none")
        .put("replay_policy", "instant")
        .put("idle_heartbeat", HEARTBEAT.toNanos())
        .put("inactive_threshold", FORGOTTEN_AFTER.toNanos())
        .put("mem_storage", true)
        .put("num_replicas", 1);
  }

  /** Removes it from the server, if that is still there. */
  void remove() {
    var session = known.session();
    if (!session.hasEnded()) {
      // An interrupted thread could not send.
      var interrupted = Thread.interrupted();
      session.leave(name);
      new StreamApi(session).deleteConsumer(known.stream().name(), name);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
