package dev.parley.domain.handoff;

import dev.parley.domain.handoff.Act.Cancel;
import dev.parley.domain.handoff.Act.Claim;
import dev.parley.domain.handoff.Act.Decline;
import dev.parley.domain.handoff.Act.Offer;
import dev.parley.domain.handoff.Act.Progress;
import dev.parley.domain.handoff.Act.Release;
import dev.parley.domain.handoff.HandOffState.Cancelled;
import dev.parley.domain.handoff.HandOffState.Claimed;
import dev.parley.domain.handoff.HandOffState.Declined;
import dev.parley.domain.handoff.HandOffState.Done;
import dev.parley.domain.handoff.HandOffState.Offered;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import org.jmolecules.ddd.annotation.AggregateRoot;
import org.jmolecules.ddd.annotation.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Work that one participant offers and another takes. Its state follows from the acts of its topic
 * alone, in the topic's order, so that every reader sees the same one. Whom it is for is told by
 * the handle alone; the offerer and the claimer are told by {@link Sender#isSameAs}. What only
 * persons may do, an unverified sender may not.
 *
 * @param offer the message that offered it
 * @param to whom it is for, or null for anyone
 * @param text what the offer says, the goal on its first line; at most {@value #KEPT_TEXT}
 *     characters, the message has it all
 */
@AggregateRoot
public record HandOff(
    @Identity HandOffKey key,
    Sender offerer,
    MessageId offer,
    @Nullable Handle to,
    String text,
    HandOffState state) {

  /** How much of a text is kept, in UTF-16 characters. */
  public static final int KEPT_TEXT = 4_096;

  static HandOff offered(TopicName topic, Offer act, Sender by, MessageId message) {
    var key = new HandOffKey(topic, act.id());
    return new HandOff(key, by, message, act.to(), kept(act.text()), new Offered());
  }

  /** The first line of what the offer says. */
  public String goal() {
    return text.lines().findFirst().orElse("");
  }

  /** Whether a message is the claim by which the claimer holds this. */
  public boolean isClaimedBy(MessageId message) {
    return state instanceof Claimed claimed && claimed.claim().equals(message);
  }

  /** Whether the participant of this handle offered this, is meant by it, or works on it. */
  public boolean concerns(Handle handle) {
    var claimer = claimer();
    return offerer.isNamed(handle)
        || (to != null && to.value().equalsIgnoreCase(handle.value()))
        || (claimer != null && claimer.isNamed(handle));
  }

  /** What an act about this hand-off does to it. */
  Effect apply(Act act, Sender by, MessageId message) {
    return switch (act) {
      case Offer offer ->
          unlawful(offer, "the id is taken: %s offered it".formatted(named(offerer)));
      case Claim claim -> claim(claim, by, message);
      case Progress progress -> progress(progress, by);
      case Act.Done done -> done(done, by);
      case Decline decline -> decline(decline, by);
      case Release release -> release(release, by);
      case Cancel cancel -> cancel(cancel, by);
    };
  }

  private Effect claim(Claim act, Sender by, MessageId message) {
    if (state instanceof Claimed claimed) {
      return claimed.by().isSameAs(by)
          ? new Effect.AlreadyYours(act, this)
          : unlawful(act, "it is claimed by " + named(claimed.by()));
    }
    if (!(state instanceof Offered)) {
      return unlawful(act, "only an offered one can be claimed; it is " + standing());
    }
    if (offerer.isSameAs(by)) {
      return unlawful(act, "who offers work does not claim it");
    }
    if (to != null && !by.isNamed(to)) {
      return unlawful(act, "it is for %s only".formatted(to));
    }
    return changed(act, new Claimed(by, message, ""));
  }

  private Effect progress(Progress act, Sender by) {
    if (!(state instanceof Claimed claimed)) {
      return unlawful(act, "only a claimed one makes progress; it is " + standing());
    }
    return claimed.by().isSameAs(by)
        ? changed(act, new Claimed(claimed.by(), claimed.claim(), kept(act.text())))
        : unlawful(act, "it is claimed by " + named(claimed.by()));
  }

  private Effect done(Act.Done act, Sender by) {
    if (!(state instanceof Claimed claimed)) {
      return unlawful(act, "only a claimed one gets done; it is " + standing());
    }
    return claimed.by().isSameAs(by)
        ? changed(act, new Done(claimed.by(), claimed.claim(), kept(act.text())))
        : unlawful(act, "it is claimed by " + named(claimed.by()));
  }

  private Effect decline(Decline act, Sender by) {
    return switch (state) {
      case Claimed claimed when claimed.by().isSameAs(by) -> changed(act, new Offered());
      case Claimed claimed -> unlawful(act, "it is claimed by " + named(claimed.by()));
      case Offered _ when to == null ->
          unlawful(act, "it is for anyone, so nobody has to decline it");
      case Offered _ when by.isNamed(to) -> changed(act, new Declined(by, kept(act.text())));
      case Offered _ -> unlawful(act, "it is for %s only".formatted(to));
      case Done _, Declined _, Cancelled _ ->
          unlawful(act, "only an offered or claimed one can be declined; it is " + standing());
    };
  }

  private Effect release(Release act, Sender by) {
    var claimer = claimer();
    if (claimer == null) {
      return unlawful(act, "only a claimed or done one can be released; it is " + standing());
    }
    return claimer.isSameAs(by) || offerer.isSameAs(by) || isPerson(by)
        ? changed(act, new Offered())
        : unlawful(
            act,
            "only %s, %s or a person may release it".formatted(named(claimer), named(offerer)));
  }

  private Effect cancel(Cancel act, Sender by) {
    if (state instanceof Done) {
      return unlawful(act, "it is done");
    }
    return offerer.isSameAs(by) || isPerson(by)
        ? changed(act, new Cancelled(by, kept(act.text())))
        : unlawful(act, "only %s or a person may cancel it".formatted(named(offerer)));
  }

  private Effect changed(Act act, HandOffState next) {
    return new Effect.Applied(act, this, new HandOff(key, offerer, offer, to, text, next));
  }

  private Effect unlawful(Act act, String why) {
    return new Effect.Unlawful(act, this, why);
  }

  /** Who works on it or says that it is done; null when nobody does. */
  public @Nullable Sender claimer() {
    return switch (state) {
      case Claimed claimed -> claimed.by();
      case Done done -> done.by();
      case Offered _, Declined _, Cancelled _ -> null;
    };
  }

  /** How it stands and by whom, such as {@code claimed by coder}. */
  public String standing() {
    return switch (state) {
      case Offered _ -> "offered";
      case Claimed claimed -> "claimed by " + named(claimed.by());
      case Done done -> "done by " + named(done.by());
      case Declined declined -> "declined by " + named(declined.by());
      case Cancelled cancelled -> "cancelled by " + named(cancelled.by());
    };
  }

  private static boolean isPerson(Sender sender) {
    return sender.kind() == Sender.Kind.PERSON;
  }

  private static String named(Sender sender) {
    return sender.handle();
  }

  private static String kept(String text) {
    if (text.length() <= KEPT_TEXT) {
      return text;
    }
    var end = KEPT_TEXT - "...".length();
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + "...";
  }
}
