package dev.parley.adapters.outbound.zulip;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * An event queue of the server, and what the server said about itself when it was made.
 *
 * @param lastEvent the id of the last event before the first of the queue
 * @param patience how long the server may be silent in a long poll
 * @param longest the most characters of a message
 */
record Registration(
    String queue,
    long lastEvent,
    Duration patience,
    int longest,
    String version,
    Channel channel,
    long ownUserId) {

  private static final int USUAL_PATIENCE_S = 90;
  private static final int USUAL_LENGTH = 10_000;

  static Registration of(JsonNode answer, Channel channel, long ownUserId) {
    return new Registration(
        answer.path("queue_id").asText(),
        answer.path("last_event_id").asLong(-1),
        Duration.ofSeconds(
            answer.path("event_queue_longpoll_timeout_seconds").asInt(USUAL_PATIENCE_S)),
        answer.path("max_message_length").asInt(USUAL_LENGTH),
        answer.path("zulip_version").asText(),
        channel,
        ownUserId);
  }

  /** The organization's own address, as a server gives it when a queue is made. */
  static String realm(JsonNode answer) {
    return answer.path("realm_url").asText(answer.path("realm_uri").asText());
  }
}
