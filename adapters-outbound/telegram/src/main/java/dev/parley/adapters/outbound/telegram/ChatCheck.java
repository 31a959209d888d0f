package dev.parley.adapters.outbound.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.methods.GetMe;
import org.telegram.telegrambots.meta.api.methods.groupadministration.GetChat;
import org.telegram.telegrambots.meta.api.methods.groupadministration.GetChatMember;

/** Asks Telegram what the bot is, and whether it can do its work in a chat. */
final class ChatCheck {

  private final BotApi api;
  private final StoreFile store;
  private final TelegramSettings settings;
  private final Faults faults;
  private final AtomicReference<@Nullable ObjectNode> bot = new AtomicReference<>();

  ChatCheck(BotApi api, StoreFile store, TelegramSettings settings, Faults faults) {
    this.api = api;
    this.store = store;
    this.settings = settings;
    this.faults = faults;
  }

  /** The bot's username; null before Telegram was asked. */
  @Nullable String knownUsername() {
    var known = bot.get();
    return known == null ? null : username(known);
  }

  /** The bot as Telegram knows it. */
  ObjectNode me() {
    var known = bot.get();
    if (known == null) {
      try {
        known = api.ask(new GetMe());
        bot.set(known);
      } catch (CallFailed failure) {
        throw faults.of(failure, 0);
      }
    }
    return known;
  }

  static String username(ObjectNode bot) {
    return bot.path("username").asText();
  }

  /**
   * Asks for a chat and the bot's part in it; throws what keeps the bot from its work there.
   *
   * @return the name of the chat
   */
  String check(long chat) {
    try {
      var about = api.ask(new GetChat(Long.toString(chat)));
      var name = about.path("title").asText(about.path("first_name").asText());
      if (!about.path("type").asText().equals("private")) {
        var member = api.ask(new GetChatMember(Long.toString(chat), settings.bot()));
        var obstacle = obstacle(chat, about.path("type").asText().equals("channel"), member);
        if (obstacle != null) {
          throw obstacle;
        }
      }
      return name;
    } catch (CallFailed.Refused refused) {
      if (refused.movedTo() != null) {
        return moved(chat, refused.movedTo());
      }
      throw faults.of(refused, chat);
    } catch (CallFailed failure) {
      throw faults.of(failure, chat);
    }
  }

  private String moved(long from, long to) {
    store.write((connection, _) -> {
      Rooms.move(connection, from, to);
      return true;
    });
    return check(to);
  }

  private @Nullable BackendException obstacle(long chat, boolean channel, ObjectNode member) {
    var status = member.path("status").asText();
    if (status.equals("left") || status.equals("kicked")) {
      return denied("is not in the chat %d: add it to the chat, or correct chat_map", chat);
    }
    if (status.equals("administrator") || status.equals("creator")) {
      return null;
    }
    if (channel) {
      return denied("is no administrator of the channel %d: make it one that may post", chat);
    }
    if (status.equals("restricted") && !member.path("can_send_messages").asBoolean()) {
      return denied("may not send messages in the chat %d: lift the restriction", chat);
    }
    return me().path("can_read_all_group_messages").asBoolean()
        ? null
        : denied(
            "is in privacy mode and does not see what people write in the chat %d: turn it off with"
                + " @BotFather (/setprivacy) and add the bot to the group again, or make it an"
                + " administrator there",
            chat);
  }

  private AccessDenied denied(String why, long chat) {
    var name = knownUsername();
    return new AccessDenied(
        "the bot %s %s".formatted(name == null ? settings.bot() : "@" + name, why.formatted(chat)),
        null);
  }
}
