package dev.parley.adapters.outbound.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.adapters.outbound.support.SharedLayout;
import dev.parley.adapters.outbound.telegram.People.Person;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.participant.Sender;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/** One update as Telegram delivered it, and what it does to the store. */
final class IncomingUpdate {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NEW = List.of("message", "channel_post");
  private static final List<String> EDITED = List.of("edited_message", "edited_channel_post");

  private final ObjectNode update;
  private final long bot;

  IncomingUpdate(ObjectNode update, long bot) {
    this.update = update;
    this.bot = bot;
  }

  /** Its number; they rise by one, but for a new start after a week without any. */
  long number() {
    return update.path("update_id").asLong();
  }

  /** Stores what it tells; storing it again changes nothing. */
  void storeIn(Connection connection) throws SQLException {
    for (var kind : NEW) {
      if (update.path(kind) instanceof ObjectNode message) {
        store(connection, message, false);
      }
    }
    for (var kind : EDITED) {
      if (update.path(kind) instanceof ObjectNode message) {
        store(connection, message, true);
      }
    }
  }

  private void store(Connection connection, ObjectNode message, boolean edited)
      throws SQLException {
    var chat = message.path("chat").path("id").asLong();
    var from = message.path("from");
    if (chat == 0 || from.path("id").asLong() == bot) {
      // What this bot says is stored by whoever posts it.
      return;
    }
    if (message.path("migrate_to_chat_id").isIntegralNumber()) {
      Rooms.move(connection, chat, message.path("migrate_to_chat_id").asLong());
    }
    if (message.path("migrate_from_chat_id").isIntegralNumber()) {
      Rooms.move(connection, message.path("migrate_from_chat_id").asLong(), chat);
    }
    rememberPeople(connection, message);
    if (IncomingText.EVENTS.stream().anyMatch(message::has)) {
      return;
    }
    var observed = observed(chat, message);
    if (edited) {
      Appending.edit(connection, observed);
    } else {
      Appending.message(connection, observed);
    }
  }

  private static void rememberPeople(Connection connection, ObjectNode message)
      throws SQLException {
    remember(connection, message.path("from"));
    for (var member : message.path("new_chat_members")) {
      remember(connection, member);
    }
  }

  private static void remember(Connection connection, JsonNode account) throws SQLException {
    var user = userOf(account);
    if (user != null && !Boolean.TRUE.equals(user.getIsBot())) {
      People.remember(connection, Person.of(user));
    }
  }

  private static @Nullable User userOf(JsonNode account) {
    try {
      return account.has("id") ? JSON.treeToValue(account, User.class) : null;
    } catch (JsonProcessingException unreadable) {
      return null;
    }
  }

  private static Observed observed(long chat, ObjectNode message) {
    var text = textOf(message);
    return new Observed(
        chat,
        Observed.id(chat, message.path("message_id").asLong()),
        senderOf(message),
        text != null
            ? text
            : SharedLayout.placeholder("Telegram sent a kind of message that is not known here"),
        Instant.ofEpochSecond(message.path("date").asLong()),
        parentOf(chat, message),
        text == null ? Condition.UNREADABLE : Condition.ORIGINAL);
  }

  // Some part may be of a kind that the library does not know, and the text is there all the same.
  private static @Nullable String textOf(ObjectNode message) {
    try {
      return IncomingText.of(JSON.treeToValue(message, Message.class));
    } catch (JsonProcessingException unknownPart) {
      var text = message.path("text").isTextual() ? message.path("text") : message.path("caption");
      return text.isTextual() && !text.textValue().isBlank() ? text.textValue() : null;
    }
  }

  // In a forum, what does not answer anything answers the event that made the forum's topic.
  private static @Nullable String parentOf(long chat, ObjectNode message) {
    var parent = message.path("reply_to_message");
    return parent.path("message_id").isIntegralNumber() && !parent.has("forum_topic_created")
        ? Observed.id(chat, parent.path("message_id").asLong())
        : null;
  }

  /**
   * People are vouched for by Telegram. Whoever hides behind a chat's name is not, and neither is
   * another bot, whatever its text says of who speaks.
   */
  private static Sender senderOf(ObjectNode message) {
    var hidden = message.path("sender_chat");
    if (hidden.has("id")) {
      var name = hidden.path("username").asText(hidden.path("title").asText(""));
      return unverified(name, hidden.path("id").asText());
    }
    var user = userOf(message.path("from"));
    if (user == null) {
      return unverified(message.path("chat").path("title").asText(""), null);
    }
    var person = Person.of(user);
    return Boolean.TRUE.equals(user.getIsBot())
        ? unverified(person.handle(), Long.toString(person.account()))
        : new Sender(person.handle(), Long.toString(person.account()), Sender.Kind.PERSON);
  }

  private static Sender unverified(String name, @Nullable String account) {
    var sound = People.sound(name);
    return new Sender(sound.isEmpty() ? "unknown" : sound, account, Sender.Kind.UNVERIFIED);
  }
}
