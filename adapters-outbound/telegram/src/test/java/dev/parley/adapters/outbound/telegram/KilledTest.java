package dev.parley.adapters.outbound.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.process.ParticipantProcess;
import dev.parley.domain.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Processes that are killed between any two steps lose nothing. */
class KilledTest {

  private static final Duration TAKE_OVER = Duration.ofSeconds(2);

  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  private ParticipantProcess poller() {
    var poller = fixture.process("poller");
    poller.follow(Fixture.TOPIC);
    return poller;
  }

  /** Kills the poller at a step of the call that comes after something was said. */
  private void killedAtStep(UnaryOperator<Mishap> at) throws InterruptedException {
    var poller = poller();
    var dead = new CountDownLatch(1);
    var kill =
        Mishap.first(() -> {
          poller.kill();
          dead.countDown();
        });
    fixture.server.next(fixture.bot(), "getUpdates", at.apply(kill));
    fixture.say("said when it dies");
    dead.await();
    fixture.say("said when it is dead");

    assertThat(fixture.history(fixture.open("alice"), 2))
        .extracting(Message::content)
        .containsExactly("said when it dies", "said when it is dead");
  }

  @Test
  void asItAsks() throws InterruptedException {
    killedAtStep(kill -> kill);
  }

  @Test
  void asItIsAnswered() throws InterruptedException {
    killedAtStep(kill ->
        Mishap.then(() -> {
          try {
            kill.before();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }));
  }

  @Test
  void asItConfirmsWhatItHasStored() throws InterruptedException {
    var poller = poller();
    fixture.say("stored");
    Fixture.soon().until(() -> poller.read().size() == 1);
    var dead = new CountDownLatch(1);
    fixture.server.next(
        fixture.bot(),
        "getUpdates",
        Mishap.first(() -> {
          poller.kill();
          dead.countDown();
        }));
    dead.await();
    fixture.say("and on");

    assertThat(fixture.history(fixture.open("alice"), 2))
        .extracting(Message::content)
        .containsExactly("stored", "and on");
  }

  @Test
  void afterTelegramHasItsPostWhichIsSaid() {
    var alice = fixture.open("alice");
    var poster = fixture.process("poster");
    fixture.server.next(fixture.bot(), "sendMessage", Mishap.then(poster::kill));
    poster.post(Fixture.TOPIC, "fateful", 1);

    var marker = fixture.history(alice, 1).getFirst();
    assertThat(marker.content()).contains("may be in the chat").contains("fateful 1");
    assertThat(marker.sender().handle()).isEqualTo("poster");
    assertThat(marker.condition()).isEqualTo(Message.Condition.UNREADABLE);
  }

  @Test
  void anotherSessionTakesOverWithinTwoSeconds() {
    var poller = poller();
    var alice = fixture.open("alice");
    var feed = fixture.follow(alice);
    poller.kill();
    var begun = System.nanoTime();
    fixture.say("who is there?");

    feed.untilContents(1);

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TAKE_OVER);
  }

  @Test
  void atAnyMomentAgainAndAgain() {
    var seed = System.nanoTime();
    System.out.printf("killed at random, seed %d%n", seed);
    var random = new Random(seed);
    var said = new ArrayList<String>();
    var posted = new ArrayList<String>();
    for (var round = 0; round < 4; round++) {
      var victim = fixture.process("victim" + round);
      victim.post(Fixture.TOPIC, "post", 1_000);
      victim.awaitPosted(1);
      for (var n = 0; n < 10; n++) {
        said.add("round %d, word %d".formatted(round, n));
        fixture.say(said.getLast());
        LockSupport.parkNanos(random.nextLong(20_000_000));
      }
      victim.kill();
      victim.posted().forEach(id -> posted.add(id.value()));
    }
    var alice = fixture.open("alice");
    Fixture.soon().until(() -> fixture.contents(alice).containsAll(said));

    assertThat(fixture.contents(alice).stream().filter(c -> c.startsWith("round")).toList())
        .containsExactlyElementsOf(said);
    assertThat(ids(fixture.history(alice))).containsAll(posted).doesNotHaveDuplicates();
    assertThat(posted).isNotEmpty();
  }

  private static List<String> ids(List<Message> messages) {
    return messages.stream().map(message -> message.id().value()).toList();
  }
}
