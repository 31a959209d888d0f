package dev.parley.adapters.outbound.zulip;

import dev.parley.adapters.outbound.support.TextHeader;
import dev.parley.domain.message.MessageId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a bridge posts for an agent: {@code **handle:** }, for a reply a link to what it answers,
 * and the text. Whatever Zulip would act on or cut off is made harmless by a word joiner, which
 * nobody sees, and which is taken out again when the text is read: {@code @**all**} notifies
 * nobody, blanks at the end stay.
 */
final class WireText {

  /** How many characters of a message are kept for what stands around a text. */
  static final int ROOM = 400;

  private static final char JOINER = '\u2060';
  private static final String REPLY = "[\u21a9](";
  private static final Pattern REPLY_LINK =
      Pattern.compile("\\[\u21a9\\]\\([^()\\s]*#narrow/[^()\\s]*?near/([0-9]{1,18})\\)\n");
  private static final Pattern MENTION_MARKUP = Pattern.compile("@(\u2060*\\*)");
  private static final Pattern HARMLESS_MARKUP = Pattern.compile("@\u2060(\u2060*\\*)");
  // What Zulip only takes for a block at the beginning of a line.
  private static final Pattern BLOCK =
      Pattern.compile("(?:```|~~~|[>#|]|[-*+] |[0-9]+\\. |\\$\\$).*", Pattern.DOTALL);

  /**
   * What a bridge said.
   *
   * @param parent the message it answers
   * @param content the text as the agent wrote it
   */
  record Said(TextHeader by, @Nullable MessageId parent, String content) {}

  private final String linkToMessage;

  /** Texts of one channel; {@code site} is where people see it. */
  WireText(String site, long channel) {
    this.linkToMessage = "%s/#narrow/stream/%d/near/".formatted(site, channel);
  }

  /**
   * The content to post, without its header.
   *
   * @param text with native mentions in place of those that an account stands behind
   */
  String write(String text, @Nullable MessageId parent) {
    var link = parent == null ? "" : "%s%s%s)\n".formatted(REPLY, linkToMessage, parent.value());
    return link + guarded(text);
  }

  /** The text as it can stand in a message, before mentions are made native. */
  static String harmless(String text) {
    return MENTION_MARKUP.matcher(text).replaceAll("@" + JOINER + "$1");
  }

  private static String guarded(String text) {
    var body = text;
    if (body.charAt(0) == JOINER || body.startsWith(REPLY)) {
      body = JOINER + body;
    }
    if (body.charAt(0) == '\n' || BLOCK.matcher(body).matches()) {
      body = "\n" + body;
    }
    var last = body.charAt(body.length() - 1);
    return last == JOINER || isBlank(last) ? body + JOINER : body;
  }

  // What Python takes for a blank, since the server cuts blanks off the end of a message.
  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  /** What the content of a bridge's account says; empty when it has no header. */
  static Optional<Said> read(String content) {
    return TextHeader.read(content).map(WireText::read);
  }

  private static Said read(TextHeader header) {
    var body = header.content();
    MessageId parent = null;
    var link = REPLY_LINK.matcher(body);
    if (link.lookingAt()) {
      parent = new MessageId(link.group(1));
      body = body.substring(link.end());
    }
    return new Said(header, parent, readHarmless(MentionNames.read(unguarded(body))));
  }

  private static String unguarded(String guarded) {
    var body = guarded.startsWith("\n") ? guarded.substring(1) : guarded;
    if (!body.isEmpty() && body.charAt(0) == JOINER) {
      body = body.substring(1);
    }
    return !body.isEmpty() && body.charAt(body.length() - 1) == JOINER
        ? body.substring(0, body.length() - 1)
        : body;
  }

  private static String readHarmless(String text) {
    return HARMLESS_MARKUP
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement("@" + m.group(1)));
  }
}
