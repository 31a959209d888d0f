package dev.parley.adapters.outbound.support;

import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who said it, in front of what was said: {@code **handle:** content}, the attribution behind a
 * shared bot account, as existing bridges write it and Markdown shows it in bold. A person at a
 * terminal is {@code **handle (person):** content}. Whoever reads one has to know that the account
 * behind it is a bridge's: anybody can type it.
 *
 * @param handle as written, which is a possible handle
 * @param content all that follows, headers that are quoted in it included
 */
public record TextHeader(Handle handle, Sender.Kind kind, String content) {

  private static final String PERSON = " (person)";
  private static final Pattern FORM =
      Pattern.compile(
          "\\*\\*([0-9A-Za-z._-]{1,%d})(%s)?:\\*\\* (.*)"
              .formatted(Handle.MAX_LENGTH, Pattern.quote(PERSON)),
          Pattern.DOTALL);

  /** How many characters a header has at most; they count against the platform's limit. */
  public static final int LONGEST = Handle.MAX_LENGTH + PERSON.length() + "**:** ".length();

  /** The text to post. */
  public static String write(Handle handle, Sender.Kind kind, String content) {
    return "**%s%s:** %s"
        .formatted(handle.value(), kind == Sender.Kind.PERSON ? PERSON : "", content);
  }

  /** What a bridge's text says; empty when it has no header. */
  public static Optional<TextHeader> read(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches() || !Handle.isHandle(parts.group(1))) {
      return Optional.empty();
    }
    var kind = parts.group(2) == null ? Sender.Kind.AGENT : Sender.Kind.PERSON;
    return Optional.of(new TextHeader(new Handle(parts.group(1)), kind, parts.group(3)));
  }
}
