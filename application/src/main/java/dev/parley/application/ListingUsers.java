package dev.parley.application;

import dev.parley.domain.participant.Sender;
import dev.parley.domain.presence.RosterEntry;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.ports.inbound.ListUsers;
import java.util.ArrayList;
import org.jmolecules.ddd.annotation.Service;

/** Listing who is there, as far as this instance may know. */
@Service
final class ListingUsers implements ListUsers {

  private final AllowedTopics topics;
  private final LiveRoster roster;
  private final Scope scope;

  ListingUsers(AllowedTopics topics, LiveRoster roster) {
    this.topics = topics;
    this.roster = roster;
    this.scope = new Scope(topics);
  }

  @Override
  public Users users(Query query) throws InterruptedException {
    var topic = query.topic() == null ? null : topics.usable(query.topic()).name();
    var look = scope.look(topic);
    var found = new ArrayList<RosterEntry>();
    var more = false;
    for (var known : roster.entries(query.patience())) {
      var entry = isAskedFor(known, query) ? look.at(known) : null;
      if (entry == null) {
        continue;
      }
      if (found.size() == query.limit()) {
        more = true;
        break;
      }
      found.add(entry);
    }
    return new Users(found, more || look.exhausted(), roster.caveat());
  }

  private static boolean isAskedFor(RosterEntry entry, Query query) {
    return (!query.onlineOnly() || entry.online())
        && (query.seenSince() == null || !entry.lastSeen().isBefore(query.seenSince()))
        && (query.filter() == null
            || query.filter().matches(new Sender(entry.handle(), null, entry.kind())));
  }
}
