package dev.parley.application;

import dev.parley.domain.handoff.Effect;
import dev.parley.domain.message.MessageId;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** What the last acts did, by their messages; bounded in number and in characters. */
final class RecentEffects {

  private static final int MOST = 1_024;
  private static final long MOST_CHARACTERS = 1_000_000;

  private final SequencedMap<MessageId, Effect> effects = new LinkedHashMap<>();
  private long characters;

  /** Remembers what an act did, and forgets the oldest where there is too much. */
  void add(MessageId act, Effect effect) {
    effects.put(act, effect);
    characters += effect.act().text().length();
    while (effects.size() > 1 && (effects.size() > MOST || characters > MOST_CHARACTERS)) {
      characters -= effects.pollFirstEntry().getValue().act().text().length();
    }
  }

  Optional<Effect> find(MessageId act) {
    return Optional.ofNullable(effects.get(act));
  }
}
