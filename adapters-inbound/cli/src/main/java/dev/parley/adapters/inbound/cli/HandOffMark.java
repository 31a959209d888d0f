package dev.parley.adapters.inbound.cli;

import dev.parley.domain.handoff.Effect;
import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a message means for a hand-off.
 *
 * @param text for a person
 * @param fields for JSON
 */
record HandOffMark(String text, Map<String, Object> fields) {

  /** What an act did. */
  static @Nullable HandOffMark of(@Nullable Effect effect) {
    return switch (effect) {
      case null -> null;
      case Effect.Applied applied ->
          mark(applied.act().id(), HandOffOutput.standing(applied.after()), applied.after(), true);
      case Effect.AlreadyYours same ->
          mark(same.act().id(), "no change: " + same.handOff().standing(), same.handOff(), false);
      case Effect.Unlawful refused ->
          mark(refused.act().id(), "no change: " + refused.why(), refused.handOff(), false);
      case Effect.Unknown unknown -> mark(unknown.act().id(), "not known here", null, false);
    };
  }

  /** How the hand-off stands now that an earlier act was about. */
  static HandOffMark now(HandOff handOff) {
    return mark(handOff.key().id(), "now " + HandOffOutput.standing(handOff), handOff, null);
  }

  private static HandOffMark mark(
      HandOffId id, String text, @Nullable HandOff handOff, @Nullable Boolean applied) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("handOffId", id.value());
    if (applied != null) {
      fields.put("applied", applied);
    }
    fields.put("state", handOff == null ? "unknown" : handOff.state().kind().word());
    if (handOff != null && handOff.claimer() != null) {
      fields.put("claimedBy", handOff.claimer().handle());
    }
    return new HandOffMark(id + " " + Terminal.clean(text), fields);
  }
}
