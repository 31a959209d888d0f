package dev.parley.adapters.outbound.telegram;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** An account of the double. */
record Account(long id, String firstName, @Nullable String username, boolean bot) {

  ObjectNode json() {
    var user = JsonNodeFactory.instance.objectNode();
    user.put("id", id).put("is_bot", bot).put("first_name", firstName);
    if (username != null) {
      user.put("username", username);
    }
    return user;
  }
}
