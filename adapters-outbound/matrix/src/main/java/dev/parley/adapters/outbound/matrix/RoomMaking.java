package dev.parley.adapters.outbound.matrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.adapters.outbound.matrix.Homeserver.Call;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.domain.topic.TopicName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Makes the rooms of topics. A room gets its alias when it can be entered: a homeserver that is
 * asked for both at once may give out the alias first, and if it dies then, the alias leads nowhere
 * for ever. What was begun and not finished is taken up again by the next attempt.
 */
final class RoomMaking {

  private static final int LONGEST_NAME = 200;
  private static final int CONFLICT = 409;

  private final MatrixSettings settings;
  private final Account account;
  private final Map<TopicName, String> unfinished = new ConcurrentHashMap<>();

  RoomMaking(MatrixSettings settings, Account account) {
    this.settings = settings;
    this.account = account;
  }

  /** Whether the room of a topic was begun, and its alias may lead there already. */
  boolean hasBegun(TopicName topic) {
    return unfinished.containsKey(topic);
  }

  /**
   * A new room of a topic; empty when somebody else was faster, whose room the alias then leads to.
   * One topic is for one thread at a time.
   */
  Optional<Room> make(TopicName topic, String alias, Session session, Deadline deadline)
      throws NoAnswer, Refused {
    var invited = invited(session);
    var room = Room.of(topic, alias, begin(topic, invited, deadline));
    try {
      if (!isNamed(room, deadline)) {
        withdraw(room, invited, deadline);
        return Optional.empty();
      }
    } catch (Refused refused) {
      if (!refused.isServerFault()) {
        withdraw(room, invited, deadline);
      }
      throw refused;
    }
    var canonical = Json.object().put("alias", alias);
    tell(Call.put(room.path() + "/state/m.room.canonical_alias", canonical), deadline);
    unfinished.remove(topic);
    return Optional.of(room);
  }

  private String begin(TopicName topic, List<String> invited, Deadline deadline)
      throws NoAnswer, Refused {
    var begun = unfinished.get(topic);
    if (begun != null) {
      return begun;
    }
    var answer = account.ask(Call.post("/createRoom", description(topic, invited)), deadline);
    var id = answer.path("room_id").asText();
    unfinished.put(topic, id);
    return id;
  }

  /** Gives the room its alias, and says whether it has it. */
  private boolean isNamed(Room room, Deadline deadline) throws NoAnswer, Refused {
    var alias = "/directory/room/" + Homeserver.encoded(room.name());
    try {
      account.ask(Call.put(alias, Json.object().put("room_id", room.id())), deadline);
      return true;
    } catch (Refused refused) {
      if (refused.status() != CONFLICT) {
        throw refused;
      }
      // It may be this room's, by an attempt whose answer was lost.
      return account.ask(Call.get(alias), deadline).path("room_id").asText().equals(room.id());
    }
  }

  /** Takes back the invitations to a room that is not needed, and leaves it. */
  private void withdraw(Room room, List<String> invited, Deadline deadline) throws NoAnswer {
    unfinished.remove(room.topic());
    for (var user : invited) {
      tell(Call.post(room.path() + "/kick", Json.object().put("user_id", user)), deadline);
    }
    tell(Call.post(room.path() + "/leave", Json.object()), deadline);
    tell(Call.post(room.path() + "/forget", Json.object()), deadline);
  }

  /** Asks for what only people see: without it nothing is lost. */
  private void tell(Call call, Deadline deadline) throws NoAnswer {
    try {
      account.ask(call, deadline);
    } catch (Refused _) {
      // Then somebody's list of rooms shows one more, or one without its name.
    }
  }

  private List<String> invited(Session session) {
    return Stream.concat(settings.invite().stream(), settings.bridgeAccounts().stream())
        .distinct()
        .filter(user -> !user.equals(session.userId()))
        .toList();
  }

  private static ObjectNode description(TopicName topic, List<String> invited) {
    var name = topic.value();
    var description =
        Json.object()
            .put("preset", "private_chat")
            .put("visibility", "private")
            .put("name", name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name)
            .put("topic", "Agents and people confer here through Parley.");
    description.putObject("creation_content").put("dev.parley.topic", name);
    var users = description.putArray("invite");
    invited.forEach(users::add);
    return description;
  }
}
