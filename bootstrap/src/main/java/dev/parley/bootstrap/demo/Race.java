package dev.parley.bootstrap.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.bootstrap.meeting.Agent;
import dev.parley.bootstrap.meeting.MeetingFailed;
import java.util.Map;

/**
 * Two agents claimed one hand-off at the same moment.
 *
 * @param won the answer that the winner got
 * @param lost the answer that the loser got
 */
record Race(Agent winner, JsonNode won, Agent loser, JsonNode lost) {

  /** Lets both claim; both calls are on their way before either is answered. */
  static Race run(Offer offer, Agent one, Agent other) throws MeetingFailed {
    var claim = Map.of("id", offer.id(), "action", "claim");
    var first = one.begin("parley_update_hand_off", claim);
    var second = other.begin("parley_update_hand_off", claim);
    var ofOne = first.result();
    var ofOther = second.result();
    if (is("applied", ofOne) && is("lost", ofOther)) {
      return new Race(one, ofOne, other, ofOther);
    }
    if (is("applied", ofOther) && is("lost", ofOne)) {
      return new Race(other, ofOther, one, ofOne);
    }
    throw new MeetingFailed(
        "exactly one should have won the claim, but the answers are %s and %s"
            .formatted(ofOne, ofOther));
  }

  private static boolean is(String effect, JsonNode answer) {
    return answer.path("effect").asText().equals(effect);
  }
}
