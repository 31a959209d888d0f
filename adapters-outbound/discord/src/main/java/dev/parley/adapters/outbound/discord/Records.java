package dev.parley.adapters.outbound.discord;

import dev.parley.adapters.outbound.support.SharedLayout;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import java.util.Set;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.jspecify.annotations.Nullable;

/** Reads what Discord calls a message. */
final class Records {

  // Ordinary ones, replies, and answers to commands; the others tell of joins, pins and the like.
  private static final Set<Integer> MESSAGES = Set.of(0, 19, 20, 23);
  private static final int FORWARD = 1;

  private final Speakers speakers;
  private final Texts texts;

  Records(Speakers speakers, Texts texts) {
    this.speakers = speakers;
    this.texts = texts;
  }

  /** Whether somebody said something, and it is not Discord that tells of an event. */
  static boolean isMessage(DataObject json) {
    return MESSAGES.contains(json.getInt("type", 0));
  }

  /** The message, or a marked placeholder where it cannot be read. */
  Message read(Channel channel, DataObject json, Session session) {
    var id = json.getUnsignedLong("id");
    try {
      var spoken = speakers.read(json, session);
      var content = texts.whole(spoken.text(), json);
      return content.isBlank()
          ? placeholder(channel, id, spoken.sender(), "it has no text that a bot can see")
          : message(channel, id, spoken.sender(), content, parent(json), condition(json));
    } catch (ParsingException | IllegalArgumentException unreadable) {
      return placeholder(channel, id, SharedLayout.sender(null, null), "it has an unknown form");
    }
  }

  private static Message message(
      Channel channel,
      long id,
      Sender sender,
      String content,
      @Nullable MessageId parent,
      Condition condition) {
    return new Message(
        new MessageId(Long.toUnsignedString(id)),
        channel.topic(),
        sender,
        content,
        channel.after(id),
        Snowflake.instantOf(id),
        parent,
        condition);
  }

  private static Message placeholder(Channel channel, long id, Sender sender, String why) {
    return message(channel, id, sender, SharedLayout.placeholder(why), null, Condition.UNREADABLE);
  }

  private static Condition condition(DataObject json) {
    return json.isNull("edited_timestamp") ? Condition.ORIGINAL : Condition.EDITED;
  }

  private static @Nullable MessageId parent(DataObject json) {
    return json.optObject("message_reference")
        .filter(reference -> reference.getInt("type", 0) != FORWARD)
        .map(reference -> reference.getString("message_id", ""))
        .map(SharedLayout::parent)
        .orElse(null);
  }
}
