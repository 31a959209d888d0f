package dev.parley.application;

import dev.parley.domain.handoff.Act;
import dev.parley.domain.handoff.Brief;
import dev.parley.domain.handoff.Effect;
import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffId;
import dev.parley.domain.handoff.HandOffState;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.inbound.HandOffWork;
import dev.parley.ports.inbound.PostMessage;
import dev.parley.ports.inbound.ShowHandOffs;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.PostedIds;
import dev.parley.ports.outbound.Self;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jmolecules.ddd.annotation.Service;
import org.jspecify.annotations.Nullable;

/** Handing work over: posts acts, and reads in the topic what they did. */
@Service
final class HandingOver implements HandOffWork, ShowHandOffs {

  private static final int ATTEMPTS = 3;
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

  private final Self self;
  private final AllowedTopics topics;
  private final Backend backend;
  private final PostMessage posting;
  private final HandOffFolds folds;
  private final Session session;
  private final PostedIds postedIds;
  private final Duration look;
  private final RandomGenerator ids;

  HandingOver(
      Self self,
      AllowedTopics topics,
      Backend backend,
      PostMessage posting,
      HandOffFolds folds,
      Session session,
      PostedIds postedIds,
      Duration longestPost,
      RandomGenerator ids) {
    this.self = self;
    this.topics = topics;
    this.backend = backend;
    this.posting = posting;
    this.folds = folds;
    this.session = session;
    this.postedIds = postedIds;
    this.look = longestPost.compareTo(LONGEST_LOOK) < 0 ? longestPost : LONGEST_LOOK;
    this.ids = ids;
  }

  @Override
  public Outcome offer(TopicName topic, @Nullable Handle to, Brief brief)
      throws InterruptedException {
    topics.usable(topic);
    var known = folds.of(topic);
    for (var attempt = 1; ; attempt++) {
      known.readOn();
      var outcome = perform(topic, Act.Offer.of(known.unusedId(ids), to, brief));
      // Somebody may have taken the id in between; the message that came first owns it.
      if (outcome.verdict() != Verdict.UNLAWFUL || attempt == ATTEMPTS) {
        return outcome;
      }
    }
  }

  @Override
  public Outcome perform(TopicName topic, Act act) throws InterruptedException {
    return outcomeOf(topic, act, posting.post(Draft.of(topic, act.content())));
  }

  @Override
  public Outcome outcomeOf(TopicName topic, Act act, MessageId message)
      throws InterruptedException {
    var known = folds.of(topic);
    try {
      var effect = read(known, message);
      if (effect.isEmpty()) {
        effect =
            Waiting.on(backend, List.of(topic))
                .until(() -> read(known, message), Optional::isPresent, look);
      }
      known.store();
      return effect
          .map(seen -> outcome(seen, message))
          .orElseGet(
              () -> unseen(act, message, "it did not appear as an act within " + inSeconds(look)));
    } catch (BackendException e) {
      // It is posted: nothing may say that it could simply be repeated.
      return unseen(act, message, String.valueOf(e.getMessage()));
    }
  }

  private static Optional<Effect> read(TopicHandOffs known, MessageId message) {
    known.readOn();
    return known.effectOf(message);
  }

  private static String inSeconds(Duration duration) {
    return duration.toSeconds() + " s";
  }

  private static Outcome unseen(Act act, MessageId message, String why) {
    return new Outcome(
        act,
        message,
        Verdict.UNSEEN,
        null,
        "message %s is stored, but what it did is unknown, since %s; list the hand-offs to see how %s stands, before you act again"
            .formatted(message, why, act.id()));
  }

  private Outcome outcome(Effect effect, MessageId message) {
    var act = effect.act();
    var id = act.id();
    return switch (effect) {
      case Effect.Applied applied ->
          new Outcome(act, message, Verdict.APPLIED, applied.after(), applied(applied));
      case Effect.AlreadyYours yours when isHeldHere(yours.handOff()) ->
          new Outcome(
              act, message, Verdict.ALREADY_YOURS, yours.handOff(), id + " is already yours");
      case Effect.AlreadyYours other ->
          new Outcome(
              act,
              message,
              Verdict.LOST,
              other.handOff(),
              "%s is not yours: another session of '%s' claimed it first, with message %s"
                  .formatted(id, self.handle(), claimOf(other.handOff())));
      case Effect.Unlawful late when act instanceof Act.Claim && isTaken(late.handOff()) ->
          new Outcome(
              act, message, Verdict.LOST, late.handOff(), id + " is not yours: " + late.why());
      case Effect.Unlawful refused ->
          new Outcome(
              act,
              message,
              Verdict.UNLAWFUL,
              refused.handOff(),
              "nothing changed for %s: %s".formatted(id, refused.why()));
      case Effect.Unknown _ ->
          new Outcome(
              act,
              message,
              Verdict.UNKNOWN,
              null,
              "no offer %s is known in this topic, so nothing changed".formatted(id));
    };
  }

  private static boolean isTaken(HandOff handOff) {
    return handOff.claimer() != null;
  }

  /** Whether this session holds a claim; a person is one, at however many terminals. */
  private boolean isHeldHere(HandOff handOff) {
    var claim = claimOf(handOff);
    return self.kind() == Sender.Kind.PERSON
        || (claim != null && (session.posted(claim) || postedIds.contains(claim)));
  }

  private static @Nullable MessageId claimOf(HandOff handOff) {
    return handOff.state() instanceof HandOffState.Claimed claimed ? claimed.claim() : null;
  }

  private static String applied(Effect.Applied applied) {
    var id = applied.act().id();
    return switch (applied.act()) {
      case Act.Offer offer ->
          offer.to() == null
              ? id + " is offered to anyone"
              : "%s is offered to %s".formatted(id, offer.to());
      case Act.Claim _ -> id + " is yours";
      case Act.Progress _ -> "the progress of %s is noted".formatted(id);
      case Act.Done _ -> id + " is done";
      case Act.Decline _ ->
          applied.after().state() instanceof HandOffState.Offered
              ? id + " is given back and can be claimed again"
              : id + " is declined";
      case Act.Release _ -> id + " can be claimed again";
      case Act.Cancel _ -> id + " is cancelled";
    };
  }

  @Override
  public Listing list(Query query) {
    var asked = query.topic() == null ? everywhere() : Set.of(topics.usable(query.topic()).name());
    var found = new ArrayList<HandOff>();
    var notes = new ArrayList<String>();
    var truncated = false;
    for (var topic : asked) {
      var known = readOn(topic);
      known.all().reversed().stream().filter(one -> isAskedFor(one, query)).forEach(found::add);
      truncated |= known.truncated();
      notes.addAll(known.takeNotes());
    }
    found.sort(Comparator.comparing(one -> one.state().isClosed()));
    return new Listing(found, truncated, notes);
  }

  private boolean isAskedFor(HandOff handOff, Query query) {
    return (query.states().isEmpty() || query.states().contains(handOff.state().kind()))
        && (!query.mine() || handOff.concerns(self.handle()));
  }

  @Override
  public List<HandOff> find(HandOffId id) {
    return everywhere().stream().flatMap(topic -> readOn(topic).find(id).stream()).toList();
  }

  private TopicHandOffs readOn(TopicName topic) {
    var known = folds.of(topic);
    known.readOn();
    known.store();
    return known;
  }

  private Set<TopicName> everywhere() {
    var all = new LinkedHashSet<>(topics.subscribed());
    all.addAll(folds.known());
    return all;
  }
}
