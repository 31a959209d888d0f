package dev.parley.adapters.outbound.telegram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.api.objects.photo.PhotoSize;

/** What a message says, as lines of text: its text or caption, and a line for what it carries. */
final class IncomingText {

  /** The fields that make a message an event of the chat, which nobody said. */
  static final Set<String> EVENTS =
      Set.of(
          "new_chat_members",
          "left_chat_member",
          "new_chat_title",
          "new_chat_photo",
          "delete_chat_photo",
          "group_chat_created",
          "supergroup_chat_created",
          "channel_chat_created",
          "message_auto_delete_timer_changed",
          "migrate_to_chat_id",
          "migrate_from_chat_id",
          "pinned_message",
          "successful_payment",
          "refunded_payment",
          "users_shared",
          "chat_shared",
          "gift",
          "unique_gift",
          "connected_website",
          "write_access_allowed",
          "proximity_alert_triggered",
          "boost_added",
          "chat_background_set",
          "checklist_tasks_done",
          "checklist_tasks_added",
          "direct_message_price_changed",
          "forum_topic_created",
          "forum_topic_edited",
          "forum_topic_closed",
          "forum_topic_reopened",
          "general_forum_topic_hidden",
          "general_forum_topic_unhidden",
          "giveaway_created",
          "giveaway_completed",
          "paid_message_price_changed",
          "suggested_post_approved",
          "suggested_post_approval_failed",
          "suggested_post_declined",
          "suggested_post_paid",
          "suggested_post_refunded",
          "video_chat_scheduled",
          "video_chat_started",
          "video_chat_ended",
          "video_chat_participants_invited",
          "web_app_data");

  private IncomingText() {}

  /** The text of a message; null when it carries nothing that can be shown as text. */
  static @Nullable String of(Message message) {
    var lines = new ArrayList<String>();
    add(lines, message.getText());
    add(lines, message.getCaption());
    addFile(lines, message);
    addOther(lines, message);
    return lines.isEmpty() ? null : String.join("\n", lines);
  }

  private static void add(List<String> lines, @Nullable String text) {
    if (text != null && !text.isBlank()) {
      lines.add(text);
    }
  }

  // An animation comes as a document, too, for clients that know no animations.
  private static void addFile(List<String> lines, Message message) {
    if (message.getPhoto() != null) {
      message.getPhoto().stream()
          .max(Comparator.comparingInt(IncomingText::pixels))
          .ifPresent(photo -> lines.add(file("photo.jpg", photo.getFileSize(), photo.getFileId())));
    } else if (message.getAnimation() != null) {
      var file = message.getAnimation();
      lines.add(
          file(or(file.getFileName(), "animation.mp4"), file.getFileSize(), file.getFileId()));
    } else if (message.getDocument() != null) {
      var file = message.getDocument();
      lines.add(file(or(file.getFileName(), "document"), file.getFileSize(), file.getFileId()));
    } else if (message.getVideo() != null) {
      var file = message.getVideo();
      lines.add(file(or(file.getFileName(), "video.mp4"), file.getFileSize(), file.getFileId()));
    } else if (message.getAudio() != null) {
      var file = message.getAudio();
      lines.add(file(or(file.getFileName(), "audio"), file.getFileSize(), file.getFileId()));
    } else if (message.getVoice() != null) {
      var file = message.getVoice();
      lines.add(file("voice.ogg", file.getFileSize(), file.getFileId()));
    } else if (message.getVideoNote() != null) {
      var file = message.getVideoNote();
      lines.add(file("video-note.mp4", file.getFileSize(), file.getFileId()));
    } else if (message.getSticker() != null) {
      var file = message.getSticker();
      add(lines, file.getEmoji());
      lines.add(file("sticker", file.getFileSize(), file.getFileId()));
    }
  }

  private static void addOther(List<String> lines, Message message) {
    if (message.getContact() != null) {
      var contact = message.getContact();
      lines.add("[contact %s %s]".formatted(contact.getFirstName(), contact.getPhoneNumber()));
    }
    if (message.getLocation() != null) {
      var location = message.getLocation();
      lines.add("[location %s, %s]".formatted(location.getLatitude(), location.getLongitude()));
    }
    if (message.getPoll() != null) {
      var options = message.getPoll().getOptions().stream().map(option -> option.getText());
      lines.add(
          "[poll %s: %s]"
              .formatted(message.getPoll().getQuestion(), String.join(" / ", options.toList())));
    }
    if (message.getDice() != null) {
      lines.add("[%s %d]".formatted(message.getDice().getEmoji(), message.getDice().getValue()));
    }
  }

  // The address of a file holds the bot's token, so its id stands in its place.
  private static String file(String name, @Nullable Number bytes, String id) {
    var plain = name.replaceAll("[\\p{Cntrl}\\[\\]]", "_");
    return "[file %s %s telegram-file:%s]".formatted(plain, bytes == null ? "?" : bytes + " B", id);
  }

  private static int pixels(PhotoSize photo) {
    return photo.getWidth() * photo.getHeight();
  }

  private static String or(@Nullable String name, String otherwise) {
    return name == null || name.isBlank() ? otherwise : name;
  }
}
