package dev.parley.adapters.outbound.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The text of an event's content, whatever kind of message it is. */
final class Bodies {

  private static final long KIBIBYTE = 1_024;
  private static final String REPLY_FALLBACK = "> <@";

  private Bodies() {}

  /** The text; null where there is none that could be shown. */
  static @Nullable String text(String type, JsonNode content) {
    var body = content.path("body");
    if (!body.isTextual() || body.asText().isBlank()) {
      return null;
    }
    var text = wellFormed(body.asText());
    if (type.equals("m.sticker")) {
      return fileLine(text, content);
    }
    return switch (content.path("msgtype").asText("")) {
      case "m.file", "m.image", "m.audio", "m.video" -> file(text, content);
      case "m.emote" -> "/me " + text;
      case "m.location" -> "%s %s".formatted(text, content.path("geo_uri").asText("")).strip();
      default -> withoutQuote(text, content);
    };
  }

  // The body is the name of the file, or a caption where there is a name as well.
  private static String file(String body, JsonNode content) {
    var name = content.path("filename").asText("");
    return name.isEmpty() || name.equals(body)
        ? fileLine(body, content)
        : body + "\n" + fileLine(wellFormed(name), content);
  }

  private static String fileLine(String name, JsonNode content) {
    var url = content.path("url");
    var place = url.isTextual() ? url.asText() : content.path("file").path("url").asText("no URL");
    return "[file %s %s %s]".formatted(name, size(content.path("info").path("size")), place);
  }

  private static String size(JsonNode bytes) {
    if (!bytes.isNumber()) {
      return "?";
    }
    var size = bytes.asLong();
    if (size < KIBIBYTE) {
      return size + " B";
    }
    return size < KIBIBYTE * KIBIBYTE
        ? "%d KB".formatted(size / KIBIBYTE)
        : String.format(Locale.ROOT, "%.1f MB", (double) size / (KIBIBYTE * KIBIBYTE));
  }

  /** Older clients quote what they reply to at the top of the body. */
  private static String withoutQuote(String body, JsonNode content) {
    if (!body.startsWith(REPLY_FALLBACK) || !content.path("m.relates_to").has("m.in_reply_to")) {
      return body;
    }
    var start = 0;
    while (start < body.length() && body.startsWith(">", start)) {
      var end = body.indexOf('\n', start);
      start = end < 0 ? body.length() : end + 1;
    }
    var rest = body.substring(start);
    var text = rest.startsWith("\n") ? rest.substring(1) : rest;
    return text.isBlank() ? body : text;
  }

  // JSON can spell half a character, which nothing further on could write.
  private static String wellFormed(String text) {
    return text.chars().noneMatch(c -> Character.isSurrogate((char) c))
        ? text
        : text.codePoints()
            .map(c -> Character.getType(c) == Character.SURROGATE ? '\ufffd' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }
}
