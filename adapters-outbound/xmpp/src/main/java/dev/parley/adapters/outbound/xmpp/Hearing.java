package dev.parley.adapters.outbound.xmpp;

import dev.parley.adapters.outbound.support.LiveFeeds;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is said in one room while we are in, for those who listen. */
final class Hearing {

  private final Reading reading;
  private final LiveFeeds feeds;
  private final Changes changes;
  private final Recent recent;

  Hearing(Reading reading, LiveFeeds feeds, Changes changes, Recent recent) {
    this.reading = reading;
    this.feeds = feeds;
    this.changes = changes;
    this.recent = recent;
  }

  /** A message of the room, of which only those that its archive has count. */
  void heard(Membership membership, @Nullable String nick, Xml message) {
    reading
        .archiveId(message)
        .filter(recent::isNew)
        .ifPresent(id -> tell(membership, nick, new Stored(id, Instant.now(), message)));
  }

  private void tell(Membership membership, @Nullable String nick, Stored stored) {
    var account =
        nick == null || !membership.showsAccounts()
            ? null
            : membership.occupants().account(nick).orElse(null);
    var entry = reading.read(stored, account);
    changes.note(entry);
    if (!(entry instanceof Entry.Said said)) {
      return;
    }
    if (account == null && nick != null && membership.showsAccounts()) {
      // Who came while accounts were hidden is known to the archive alone.
      feeds.behind(said.message().topic());
      return;
    }
    recent.add(said.message());
    feeds.message(said.message());
  }
}
