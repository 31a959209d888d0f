package dev.parley.domain.presence;

import dev.parley.domain.participant.Sender;
import java.util.Locale;

/** What makes one entry of the roster: a handle in any case, and what kind of sender it is. */
record RosterName(String handle, Sender.Kind kind) {

  static RosterName of(Sender sender) {
    return new RosterName(sender.handle().toLowerCase(Locale.ROOT), sender.kind());
  }
}
