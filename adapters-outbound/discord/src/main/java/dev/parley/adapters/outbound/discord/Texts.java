package dev.parley.adapters.outbound.discord;

import dev.parley.domain.message.Mentions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/** Content as Discord has it, and as Parley has it. */
final class Texts {

  /** The most characters of a message, headers included. */
  static final int MOST = 2_000;

  private static final Pattern MENTION = Pattern.compile("<@!?([0-9]{1,20})>");
  private static final int FORWARD = 1;

  private final People people;

  Texts(People people) {
    this.people = people;
  }

  /**
   * A text with mentions of Discord's own.
   *
   * @param users whom they notify
   */
  record Outgoing(String text, Set<Long> users) {}

  /**
   * Makes mentions of accounts native, the first ones first, for as long as there is room: {@code
   * <@ID>} is longer than the name.
   */
  static Outgoing outgoing(String content, int room, Function<String, Optional<Long>> idOf) {
    var users = new LinkedHashSet<Long>();
    var left = new int[] {room - content.codePointCount(0, content.length())};
    var text =
        Mentions.rewrite(
            content,
            name -> {
              var id = idOf.apply(name);
              if (id.isEmpty()) {
                return null;
              }
              var mention = "<@%s>".formatted(Long.toUnsignedString(id.get()));
              var longer = mention.length() - 1 - name.length();
              if (longer > left[0]) {
                return null;
              }
              left[0] -= longer;
              users.add(id.get());
              return mention;
            });
    return new Outgoing(text, users);
  }

  /** All that a message says: its text, and a line for each thing that is not text. */
  String whole(String text, DataObject message) {
    var lines = new ArrayList<String>();
    lines.add(withNames(text, message));
    forwarded(message).ifPresent(lines::add);
    each(message, "attachments")
        .forEach(file ->
            lines.add(
                "[file %s %d %s]"
                    .formatted(
                        file.getString("filename", "unnamed"),
                        file.getLong("size", 0),
                        file.getString("url", ""))));
    each(message, "sticker_items")
        .forEach(sticker -> lines.add("[sticker %s]".formatted(sticker.getString("name", ""))));
    message
        .optObject("poll")
        .flatMap(poll -> poll.optObject("question"))
        .ifPresent(question -> lines.add("[poll %s]".formatted(question.getString("text", ""))));
    lines.removeIf(String::isBlank);
    if (lines.isEmpty()) {
      // Cards of other software; those of links stand beside a text.
      each(message, "embeds").map(Texts::card).filter(card -> !card.isBlank()).forEach(lines::add);
    }
    return String.join("\n", lines);
  }

  private static String card(DataObject embed) {
    return String.join(
            "\n",
            List.of(
                embed.getString("title", ""),
                embed.getString("description", ""),
                embed.getString("url", "")))
        .strip();
  }

  private static Optional<String> forwarded(DataObject message) {
    var isForward =
        message
            .optObject("message_reference")
            .filter(reference -> reference.getInt("type", 0) == FORWARD)
            .isPresent();
    return isForward
        ? each(message, "message_snapshots")
            .findFirst()
            .flatMap(snapshot -> snapshot.optObject("message"))
            .map(original -> "[forwarded] " + original.getString("content", ""))
        : Optional.empty();
  }

  private static java.util.stream.Stream<DataObject> each(DataObject message, String field) {
    return message.optArray(field).orElseGet(DataArray::empty).stream(DataArray::getObject);
  }

  /** Mentions of accounts as Parley writes them. */
  private String withNames(String text, DataObject message) {
    if (!text.contains("<@")) {
      return text;
    }
    var names = new HashMap<Long, String>();
    each(message, "mentions")
        .forEach(user -> {
          people.meet(user);
          names.put(user.getUnsignedLong("id"), user.getString("username", ""));
        });
    return MENTION
        .matcher(text)
        .replaceAll(match ->
            Matcher.quoteReplacement(
                nameOf(match.group(1), names).map("@"::concat).orElse(match.group())));
  }

  private Optional<String> nameOf(String id, Map<Long, String> names) {
    return Snowflake.parse(id)
        .flatMap(account ->
            Optional.ofNullable(names.get(account))
                .filter(name -> !name.isBlank())
                .or(() -> people.nameOf(account)));
  }
}
