package dev.parley.adapters.outbound.zulip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.ports.BackendException;
import java.util.Map;

/** Registers an event queue for the channel, and finds out what the channel and the account are. */
final class Registering {

  private final ZulipApi api;
  private final ZulipSettings settings;
  private final Faults faults;

  Registering(ZulipApi api, ZulipSettings settings, Faults faults) {
    this.api = api;
    this.settings = settings;
    this.faults = faults;
  }

  /**
   * Registers a queue.
   *
   * @throws BackendException when the server does not let us, or the channel cannot be used
   */
  Registration register(Deadline deadline) {
    try {
      var answer =
          api.post(
                  "/register",
                  Map.of(
                      "event_types", "[\"message\",\"update_message\",\"subscription\",\"stream\"]",
                      "fetch_event_types", "[\"realm\"]",
                      "apply_markdown", "false",
                      "client_gravatar", "true",
                      "client_capabilities",
                          "{\"notification_settings_null\":true,\"bulk_message_deletion\":true}"),
                  deadline.left())
              .body();
      try {
        return registration(answer, deadline);
      } catch (BackendException | NoAnswer | Refusal fault) {
        leave(answer.path("queue_id").asText(), deadline);
        throw fault;
      }
    } catch (NoAnswer none) {
      throw faults.of(none);
    } catch (Refusal refusal) {
      throw faults.of(refusal);
    }
  }

  private Registration registration(JsonNode answer, Deadline deadline) throws NoAnswer, Refusal {
    var me = api.get("/users/me", Map.of(), deadline.left()).body();
    var channel = Channel.of(Registration.realm(answer), subscription(deadline));
    return Registration.of(answer, channel, me.path("user_id").asLong());
  }

  /** The account's subscription to the channel. */
  JsonNode subscription(Deadline deadline) throws NoAnswer, Refusal {
    var answer = api.get("/users/me/subscriptions", Map.of(), deadline.left()).body();
    for (var subscription : answer.path("subscriptions")) {
      if (subscription.path("name").asText().equalsIgnoreCase(settings.stream())) {
        return subscription;
      }
    }
    throw channelExists(deadline) ? faults.notSubscribed() : faults.noChannel(null);
  }

  private boolean channelExists(Deadline deadline) throws NoAnswer, Refusal {
    try {
      var _ = api.get("/get_stream_id", Map.of("stream", settings.stream()), deadline.left());
      return true;
    } catch (Refusal refusal) {
      if (refusal.isFailure()) {
        throw refusal;
      }
      return false;
    }
  }

  /** Removes a queue, if it can; one that nobody polls is thrown away in ten minutes anyway. */
  void leave(String queue, Deadline deadline) {
    try {
      var _ = api.delete("/events", Map.of("queue_id", queue), deadline.left());
    } catch (NoAnswer | Refusal | BackendException _) {
      // It is gone, or the server is.
    }
  }
}
