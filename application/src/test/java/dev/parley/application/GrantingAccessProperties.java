package dev.parley.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.RedirectUri;
import dev.parley.domain.authorization.RegisteredClient;
import dev.parley.ports.inbound.GrantAccess.Refused;
import dev.parley.ports.inbound.GrantAccess.Tokens;
import dev.parley.ports.outbound.ClientDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** However uses of codes and tokens, revocations and time interleave, a grant keeps its rules. */
class GrantingAccessProperties {

  private static final RedirectUri CALLBACK = new RedirectUri("https://example.com/cb");
  private static final ClientId CLIENT = new ClientId("client");
  private static final Instant BEGIN = Instant.parse("2026-11-28T12:00:00Z");
  private static final ClientId THIEF = new ClientId("thief");

  enum Act {
    REDEEM,
    REFRESH,
    REFRESH_NEWEST,
    STEAL,
    REVOKE
  }

  /** Somebody does something with one of the tokens so far, some time after the last step. */
  record Step(Act act, int which, Duration after) {}

  /** What the client was given, and what the rules say about it. */
  private static final class Given {
    final Tokens tokens;
    final int generation;
    final Instant at;
    @Nullable Instant firstUse;

    Given(Tokens tokens, int generation, Instant at) {
      this.tokens = tokens;
      this.generation = generation;
      this.at = at;
    }
  }

  /** One grant as its rules describe it, beside the real one. */
  private static final class World {
    Instant now = BEGIN;
    final GrantingAccess access =
        new GrantingAccess(
            new MemoryAuthorizations(), World::noDocument, "sesame"::equals, () -> now);
    final List<Given> given = new ArrayList<>();
    final String code = access.approve(CLIENT, CALLBACK, "challenge");
    boolean alive = true;
    boolean codeUsed;
    int newest;

    private static RegisteredClient noDocument(ClientId id) {
      throw new ClientDocuments.Unusable("none");
    }

    void take(Step step) {
      now = now.plus(step.after());
      switch (step.act()) {
        case REDEEM -> redeem();
        case REVOKE -> {
          if (!given.isEmpty() && !isExpired(any(step))) {
            access.revoke(any(step).tokens.refresh(), CLIENT);
            alive = false;
          }
        }
        case STEAL -> {
          if (!given.isEmpty()) {
            assertThat(tokens(any(step), THIEF)).isEmpty();
          }
        }
        case REFRESH -> {
          if (!given.isEmpty()) {
            refresh(any(step));
          }
        }
        case REFRESH_NEWEST -> {
          if (!given.isEmpty()) {
            refresh(given.getLast());
          }
        }
      }
      for (var one : given) {
        assertThat(access.authenticate(one.tokens.access()).isPresent())
            .isEqualTo(alive && now.isBefore(one.at.plus(Duration.ofHours(1))));
      }
      assertThat(given.stream().filter(one -> one.firstUse == null && one.generation > newest))
          .isEmpty();
    }

    private Given any(Step step) {
      return given.get(step.which() % given.size());
    }

    private boolean isExpired(Given one) {
      return now.isAfter(one.at.plus(Duration.ofDays(60)));
    }

    private void redeem() {
      if (now.isAfter(BEGIN.plus(Duration.ofHours(2)))) {
        return; // By now the code may be forgotten, and its use no longer noticed.
      }
      var expected = !codeUsed && !now.isAfter(BEGIN.plusSeconds(60));
      try {
        given.add(
            new Given(access.redeem(code, CLIENT, Optional.of(CALLBACK), "challenge"), 0, now));
        assertThat(expected).isTrue();
        codeUsed = true;
      } catch (Refused _) {
        assertThat(expected).isFalse();
        alive = alive && !codeUsed;
      }
    }

    private void refresh(Given one) {
      var expired = isExpired(one);
      var firstUse = one.firstUse;
      var lawful =
          firstUse == null
              ? one.generation == newest
              : one.generation == newest - 1 && !now.isAfter(firstUse.plusSeconds(30));
      var tokens = tokens(one, CLIENT);
      assertThat(tokens.isPresent()).isEqualTo(alive && !expired && lawful);
      if (tokens.isPresent()) {
        one.firstUse = firstUse == null ? now : firstUse;
        newest = Math.max(newest, one.generation + 1);
        given.add(new Given(tokens.get(), one.generation + 1, now));
      } else if (!expired) {
        alive = false;
      }
    }

    private Optional<Tokens> tokens(Given one, ClientId client) {
      try {
        return Optional.of(access.refresh(one.tokens.refresh(), client));
      } catch (Refused _) {
        return Optional.empty();
      }
    }
  }

  @Property(tries = 2_000)
  void a_grant_keeps_its_rules(@ForAll("steps") @Size(max = 40) List<Step> steps) {
    var world = new World();
    steps.forEach(world::take);
  }

  /** Of all that was ever given out, at most one token of the newest generation can go on. */
  @Property(tries = 500)
  void at_most_one_line_of_tokens_goes_on(@ForAll("steps") @Size(max = 25) List<Step> steps) {
    var world = new World();
    steps.forEach(world::take);
    world.now = world.now.plusSeconds(31);

    var goingOn = 0;
    for (var one : world.given) {
      if (world.tokens(one, CLIENT).isPresent()) {
        goingOn++;
      }
    }
    assertThat(goingOn).isLessThanOrEqualTo(1);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    var acts =
        Arbitraries.frequency(
            Tuple.of(2, Act.REDEEM),
            Tuple.of(3, Act.REFRESH),
            Tuple.of(8, Act.REFRESH_NEWEST),
            Tuple.of(1, Act.STEAL),
            Tuple.of(1, Act.REVOKE));
    var after =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.integers().between(0, 20).map(Duration::ofSeconds)),
            Tuple.of(3, Arbitraries.integers().between(1, 120).map(Duration::ofMinutes)),
            Tuple.of(1, Arbitraries.integers().between(1, 70).map(Duration::ofDays)));
    var later =
        Combinators.combine(acts, Arbitraries.integers().between(0, 100), after).as(Step::new);
    return later
        .list()
        .ofMaxSize(39)
        .map(steps -> {
          var all = new ArrayList<>(List.of(new Step(Act.REDEEM, 0, Duration.ZERO)));
          all.addAll(steps);
          return all;
        });
  }
}
