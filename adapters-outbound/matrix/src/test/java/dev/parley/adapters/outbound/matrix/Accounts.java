package dev.parley.adapters.outbound.matrix;

import java.util.ArrayList;
import org.awaitility.Awaitility;

/** Who has an account on the test server: Parley, a person, and an administrator. */
record Accounts(MatrixClient bot, MatrixClient grace, MatrixClient administrator) {

  static final String BOT = "parley";
  static final String PASSWORD = "s3cret-of-parley";

  static Accounts on(SynapseServer server) {
    return new Accounts(
        server.register(BOT, PASSWORD, false),
        server.register("grace", "s3cret-of-grace", false),
        server.register("root", "s3cret-of-root", true));
  }

  /** The version of the server. */
  String version() {
    return administrator.get("/_synapse/admin/v1/server_version").path("server_version").asText();
  }

  /** Removes all but the newest messages of a room, as retention does. */
  void trim(String roomId, int kept) {
    var messages = new ArrayList<String>();
    for (var event : bot.latest(roomId, 100)) {
      if (event.path("type").asText().equals("m.room.message")) {
        messages.add(event.path("event_id").asText());
      }
    }
    var request =
        Json.object()
            .put("delete_local_events", true)
            .put("purge_up_to_event_id", messages.get(kept - 1));
    var path = "/_synapse/admin/v1/purge_history";
    var started = administrator.post(path + "/" + Homeserver.encoded(roomId), request);
    var status = "/_synapse/admin/v1/purge_history_status/" + started.path("purge_id").asText();
    Awaitility.await()
        .until(() -> administrator.get(status).path("status").asText().equals("complete"));
  }

  /** Removes a room with all that is in it. */
  void deleteRoom(String roomId) {
    var path = "/_synapse/admin/v2/rooms/";
    var started =
        administrator.request(
            "DELETE", path + Homeserver.encoded(roomId), Json.object().put("purge", true));
    var status = path + "delete_status/" + started.path("delete_id").asText();
    Awaitility.await()
        .until(() -> administrator.get(status).path("status").asText().equals("complete"));
  }
}
