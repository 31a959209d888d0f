package dev.parley.adapters.outbound.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.matrix.Homeserver.Call;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What {@code doctor} says about an account: looks around, and changes nothing in rooms. */
final class Diagnosis {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private final MatrixSettings settings;
  private final Faults faults;
  private final Homeserver homeserver;
  private final Account account;
  private final Rooms rooms;
  private final List<Finding> findings = new ArrayList<>();

  Diagnosis(MatrixSettings settings) {
    this.settings = settings;
    var health = new Health();
    this.faults = new Faults(settings, health);
    this.homeserver = new Homeserver(settings, health);
    this.account = new Account(homeserver, settings);
    this.rooms = new Rooms(settings, account, faults);
  }

  /** Makes the checks, in an order in which a later one needs the earlier ones. */
  List<Finding> findings() {
    try (homeserver) {
      checkServer();
      checkEncryption();
      var session = rooms.session(deadline());
      findings.add(Finding.ok("account", "Parley is %s there".formatted(session.userId())));
      checkRooms();
      checkLimits();
      logOut();
    } catch (NoAnswer noAnswer) {
      problem("connects", faults.of(noAnswer));
    } catch (BackendException fault) {
      problem("account", fault);
    }
    return List.copyOf(findings);
  }

  private Deadline deadline() {
    return Deadline.in(settings.timeout());
  }

  private void checkServer() throws NoAnswer {
    JsonNode versions;
    try {
      versions = homeserver.versions(deadline()).path("versions");
    } catch (Refused refused) {
      throw faults.of(refused, "say what it is");
    }
    var spoken = new ArrayList<String>();
    versions.forEach(version -> spoken.add(version.asText()));
    if (spoken.contains("v1.11")) {
      findings.add(
          Finding.ok(
              "connects",
              "a homeserver at %s that speaks Matrix up to %s"
                  .formatted(settings.host(), spoken.getLast())));
    } else {
      findings.add(
          Finding.warning(
              "version",
              "the homeserver at %s does not speak Matrix v1.11".formatted(settings.host()),
              "update the homeserver"));
    }
  }

  private void checkEncryption() {
    var local = LOOPBACK.contains(settings.host().replaceFirst("(:\\d+)?(/.*)?$", ""));
    findings.add(
        settings.encrypted()
            ? Finding.ok("encryption", "the connection is encrypted")
            : local
                ? Finding.ok("encryption", "none, on this machine alone")
                : Finding.warning(
                    "encryption",
                    "the session's secrets and all messages cross the network in the clear",
                    "set homeserver_url to an https address"));
  }

  /** The rooms of the map have to be there, and open to the account. */
  private void checkRooms() throws NoAnswer {
    for (var topic : settings.roomMap().keySet().stream().sorted().toList()) {
      try {
        var room = rooms.find(new TopicName(topic), deadline());
        if (room.isPresent()) {
          checkPower(room.get());
        }
      } catch (BackendException fault) {
        problem("room", fault);
      }
    }
  }

  private void checkPower(Room room) throws NoAnswer {
    try {
      var levels = account.ask(Call.get(room.path() + "/state/m.room.power_levels"), deadline());
      var user = rooms.session(deadline()).userId();
      var own = levels.path("users").path(user).asInt(levels.path("users_default").asInt(0));
      var needed =
          levels
              .path("events")
              .path("m.room.message")
              .asInt(levels.path("events_default").asInt(0));
      findings.add(
          own >= needed
              ? Finding.ok("room", "%s holds '%s'".formatted(room.name(), room.topic()))
              : Finding.problem(
                  "room",
                  "posting in %s takes the power level %d, and %s has %d"
                      .formatted(room.name(), needed, user, own),
                  "give the account that level in the room's settings"));
    } catch (Refused refused) {
      problem("room", faults.inRoom(room, refused, "see the power levels"));
    }
  }

  // How fast an account may post is not for clients to see.
  private void checkLimits() {
    findings.add(
        Finding.ok(
            "rate limits",
            "Synapse lets an account send 10 messages, and then one in 5 s, unless its"
                + " administrator overrides the limit for it"));
  }

  private void logOut() throws NoAnswer {
    if (settings.credentials() instanceof Credentials.UserAndPassword) {
      try {
        account.ask(Call.post("/logout", Json.object()), deadline());
      } catch (Refused _) {
        // Then the session stays in the account's list.
      }
    }
  }

  private void problem(String check, BackendException fault) {
    findings.add(
        Finding.problem(
            check,
            String.valueOf(fault.getMessage()),
            "put that right and run `parley doctor` again"));
  }
}
