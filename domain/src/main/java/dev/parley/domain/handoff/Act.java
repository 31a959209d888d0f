package dev.parley.domain.handoff;

import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Handle;
import java.util.Optional;
import org.jmolecules.ddd.annotation.ValueObject;
import org.jspecify.annotations.Nullable;

/**
 * What a participant says about a hand-off, as plain text that a person can read and type: {@code
 * #claim ho-7q2k4m I take it}. One act per message, on its first line from column 0: {@code #} or
 * {@code !}, a word, blanks, the id, in any case; so it is never inside a quote or a code fence.
 * All that follows is free text, over any number of lines.
 */
public sealed interface Act {

  /** Which hand-off it is about. */
  HandOffId id();

  /** The free text, without blanks at either end; may be empty. */
  String text();

  /** The word it is written with. */
  String word();

  /** The act as a message's content; reading it gives an equal act. */
  default String content() {
    return ActLine.write(this);
  }

  /** The act that a content is, if it is one; linear in the content, never throws. */
  static Optional<Act> in(String content) {
    return ActLine.read(content);
  }

  /** The act that a message is, if it is one; a message changed since it was posted is none. */
  static Optional<Act> in(Message message) {
    return message.condition() == Message.Condition.ORIGINAL
        ? in(message.content())
        : Optional.empty();
  }

  /**
   * Offers work, to one participant or to anyone.
   *
   * @param to whom it is for, or null for anyone
   * @param text the goal on its first line, and what else there is to know
   */
  @ValueObject
  record Offer(HandOffId id, @Nullable Handle to, String text) implements Act {
    public Offer {
      text = ActLine.strip(text);
      if (to == null && ActLine.addressee(text) != null) {
        throw new IllegalArgumentException(
            "a goal that begins with '@%s' would make the offer one to %1$s; say so, or begin with another word"
                .formatted(ActLine.addressee(text)));
      }
    }

    /** An offer of work as a brief describes it. */
    public static Offer of(HandOffId id, @Nullable Handle to, Brief brief) {
      return new Offer(id, to, brief.text());
    }

    /** The first line of the text. */
    public String goal() {
      return ActLine.strip(text.lines().findFirst().orElse(""));
    }

    @Override
    public String word() {
      return "handoff";
    }
  }

  /** Takes the work. */
  @ValueObject
  record Claim(HandOffId id, String text) implements Act {
    public Claim {
      text = ActLine.strip(text);
    }

    @Override
    public String word() {
      return "claim";
    }
  }

  /** Says how far the work is. */
  @ValueObject
  record Progress(HandOffId id, String text) implements Act {
    public Progress {
      text = ActLine.strip(text);
    }

    @Override
    public String word() {
      return "progress";
    }
  }

  /** Says that the work is done, with its result. */
  @ValueObject
  record Done(HandOffId id, String text) implements Act {
    public Done {
      text = ActLine.strip(text);
    }

    @Override
    public String word() {
      return "done";
    }
  }

  /** Refuses the work, or gives it back. */
  @ValueObject
  record Decline(HandOffId id, String text) implements Act {
    public Decline {
      text = ActLine.strip(text);
    }

    @Override
    public String word() {
      return "decline";
    }
  }

  /** Opens the work to others again. */
  @ValueObject
  record Release(HandOffId id, String text) implements Act {
    public Release {
      text = ActLine.strip(text);
    }

    @Override
    public String word() {
      return "release";
    }
  }

  /** Takes the offer back. */
  @ValueObject
  record Cancel(HandOffId id, String text) implements Act {
    public Cancel {
      text = ActLine.strip(text);
    }

    @Override
    public String word() {
      return "cancel";
    }
  }
}
