package dev.parley.adapters.outbound.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.matrix.Homeserver.Call;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.NoAnswer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where events stand, by {@code /context}; what was found is remembered, since it never changes.
 */
final class Arrivals {

  private static final int MOST_KEPT = 20_000;

  private final Account account;
  private final Map<String, Long> numbers =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
              return size() > MOST_KEPT;
            }
          });

  Arrivals(Account account) {
    this.account = account;
  }

  /** The tokens before and after an event. */
  record Spot(String before, String after) {}

  /** Where an event is; empty when the homeserver has it no longer. */
  Optional<Spot> spotOf(Room room, String eventId, Deadline deadline) throws NoAnswer, Refused {
    var call = Call.get(room.path() + "/context/" + Homeserver.encoded(eventId) + "?limit=0");
    try {
      var context = account.ask(call, deadline);
      return Optional.of(new Spot(context.path("start").asText(), context.path("end").asText()));
    } catch (Refused refused) {
      if (refused.is(Refused.NOT_FOUND)) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /**
   * The number of an event in the order of arrival; that of none for one that is gone meanwhile.
   */
  long numberOf(Room room, JsonNode event, Deadline deadline) throws NoAnswer, Refused {
    var eventId = event.path("event_id").asText();
    var known = numbers.get(eventId);
    if (known != null) {
      return known;
    }
    var number =
        spotOf(room, eventId, deadline).map(spot -> Tokens.number(spot.after())).orElse(0L);
    numbers.put(eventId, number);
    return number;
  }
}
