package dev.parley.conformance.mutant;

import dev.parley.conformance.Law;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Self;
import dev.parley.ports.outbound.Subscription;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** What can be broken in posting. */
public final class PostMutants {

  private PostMutants() {}

  /** All of them. */
  public static List<Mutant> all() {
    return List.of(
        new ReturnsBeforeItIsStored(),
        new FoldsTheCaseOfTopics(),
        new TrimsContent(),
        new NormalisesContent(),
        new ForgetsTheParent(),
        new CutsContentSilently(),
        new RepeatsPostsBlindly());
  }

  /** Guesses the id, and stores the message a little later. */
  public static final class ReturnsBeforeItIsStored extends Mutant {
    private static final long LATER_MILLIS = 300;

    @Override
    public Law breaks() {
      return Law.S01;
    }

    @Override
    Backend broken(Backend sound, BackendConfig config, Self self) {
      return new Altered(sound) {
        private long guessed;

        @Override
        public synchronized MessageId post(Draft draft) {
          if (guessed == 0) {
            guessed = Long.parseLong(super.post(draft).value());
            return new MessageId("" + guessed);
          }
          Thread.startVirtualThread(() -> storeLater(draft));
          return new MessageId("" + ++guessed);
        }

        private void storeLater(Draft draft) {
          try {
            Thread.sleep(LATER_MILLIS);
            sound.post(draft);
          } catch (InterruptedException | BackendException e) {
            // Lost: that is the mutation.
          }
        }
      };
    }
  }

  /** Takes topics that differ in case for one. */
  public static final class FoldsTheCaseOfTopics extends Mutant {
    @Override
    public Law breaks() {
      return Law.S09;
    }

    @Override
    Backend broken(Backend sound, BackendConfig config, Self self) {
      return new Altered(sound) {
        @Override
        public MessageId post(Draft draft) {
          return super.post(
              new Draft(folded(draft.topic()), draft.content(), draft.parent(), draft.key()));
        }

        @Override
        public Page fetchRecent(TopicName topic, Window window) {
          return super.fetchRecent(folded(topic), window);
        }

        @Override
        public Subscription subscribe(TopicName topic, Feed feed) {
          return super.subscribe(folded(topic), feed);
        }

        private static TopicName folded(TopicName topic) {
          return new TopicName(topic.value().toLowerCase(Locale.ROOT));
        }
      };
    }
  }

  /** A mutant that changes the content of what is posted. */
  abstract static class ChangesContent extends Mutant {

    abstract UnaryOperator<String> change();

    @Override
    Backend broken(Backend sound, BackendConfig config, Self self) {
      return new Altered(sound) {
        @Override
        public MessageId post(Draft draft) {
          var content = change().apply(draft.content());
          return super.post(new Draft(draft.topic(), content, draft.parent(), draft.key()));
        }
      };
    }
  }

  /** Drops blanks at the ends without declaring it. */
  public static final class TrimsContent extends ChangesContent {
    @Override
    public Law breaks() {
      return Law.S10;
    }

    @Override
    UnaryOperator<String> change() {
      return String::strip;
    }
  }

  /** Composes what was decomposed. */
  public static final class NormalisesContent extends ChangesContent {
    @Override
    public Law breaks() {
      return Law.S10;
    }

    @Override
    UnaryOperator<String> change() {
      return content -> Normalizer.normalize(content, Normalizer.Form.NFC);
    }
  }

  /** Posts the beginning of what is too long. */
  public static final class CutsContentSilently extends ChangesContent {
    @Override
    public Law breaks() {
      return Law.S13;
    }

    @Override
    UnaryOperator<String> change() {
      var limit = capabilities().contentLimit();
      return content -> {
        var kept = content;
        while (limit.sizeOf(kept) > limit.size()) {
          kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
        }
        return kept;
      };
    }
  }

  /** Posts every reply as a message of its own. */
  public static final class ForgetsTheParent extends Mutant {
    @Override
    public Law breaks() {
      return Law.S12;
    }

    @Override
    Backend broken(Backend sound, BackendConfig config, Self self) {
      return new Altered(sound) {
        @Override
        public MessageId post(Draft draft) {
          return super.post(new Draft(draft.topic(), draft.content(), null, draft.key()));
        }
      };
    }
  }

  /** Posts again, without the key, when no answer came. */
  public static final class RepeatsPostsBlindly extends Mutant {
    @Override
    public Law breaks() {
      return Law.S16;
    }

    @Override
    Backend broken(Backend sound, BackendConfig config, Self self) {
      return new Altered(sound) {
        @Override
        public MessageId post(Draft draft) {
          try {
            return super.post(draft);
          } catch (BackendException.OutcomeUnknown e) {
            return super.post(new Draft(draft.topic(), draft.content(), draft.parent(), null));
          }
        }
      };
    }
  }
}
