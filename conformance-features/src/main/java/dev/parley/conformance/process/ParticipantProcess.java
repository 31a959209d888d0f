package dev.parley.conformance.process;

import dev.parley.domain.handoff.HandOffId;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.HandOffWork.Verdict;
import dev.parley.ports.outbound.BackendPlugin;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A participant in a process of its own: it can post, read and follow, and it can be killed. */
public final class ParticipantProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONGEST_LEAVE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(5);
  private static final int LAST_WORDS = 12;

  private final ParticipantJvm jvm;
  private final List<String> said;
  private int ordered;
  private boolean closed;

  private ParticipantProcess(ParticipantJvm jvm) {
    this.jvm = jvm;
    this.said = jvm.listen();
  }

  /** Starts a participant; it carries out its orders once it has opened its backend. */
  public static ParticipantProcess start(
      Class<? extends BackendPlugin> plugin,
      Map<String, String> config,
      String handle,
      Path stateDirectory) {
    var participant = new ParticipantProcess(ParticipantJvm.take());
    participant.introduce(plugin, config, handle, stateDirectory);
    return participant;
  }

  /** Tells it to post; use {@link #posted()} to see how far it got. */
  public void post(TopicName topic, String words, int count) {
    ordered++;
    tell(new Order.Post(topic, words, count));
  }

  /** Tells it to read pages from the oldest message on until it has read so many messages. */
  public void chain(TopicName topic, int size, int until) {
    ordered++;
    tell(new Order.Chain(topic, size, until));
  }

  /** Tells it to claim a hand-off. */
  public void claim(TopicName topic, HandOffId id) {
    ordered++;
    tell(new Order.Claim(topic, id));
  }

  /** How its claims were taken, and what it was told. */
  public List<Taken> taken() {
    return said.stream()
        .filter(line -> line.startsWith("took "))
        .map(line -> line.split(" ", 3))
        .map(words -> new Taken(Verdict.valueOf(words[1]), Order.decoded(words[2])))
        .toList();
  }

  /** How a claim was taken. */
  public record Taken(Verdict verdict, String sentence) {}

  /** Tells it to follow the topic, and waits until it does. */
  public void follow(TopicName topic) {
    tell(new Order.Follow(topic));
    await("following");
  }

  /** Waits until every order to post or to read is carried out. */
  public void awaitDone() {
    awaitUntil("done", this::isDone);
  }

  /** The ids that its posts returned so far. */
  public List<MessageId> posted() {
    return idsAfter("posted ");
  }

  /** The ids it read or was handed so far, in that order. */
  public List<MessageId> read() {
    return idsAfter("read ");
  }

  /** Waits until it has said that so many posts returned. */
  public void awaitPosted(int count) {
    awaitUntil(count + " posts", () -> posted().size() >= count);
  }

  /** Waits until it has said that it read so many messages. */
  public void awaitRead(int count) {
    awaitUntil(count + " messages read", () -> read().size() >= count);
  }

  /** Kills it as {@code kill -9} does, and waits until it is dead. */
  public void kill() {
    jvm.kill();
  }

  /**
   * Lets it leave in good order, and its process wait for another participant; kills it when it has
   * not done what it was told.
   */
  @Override
  public void close() {
    if (closed || !jvm.isAlive()) {
      return;
    }
    closed = true;
    if (isDone() && left()) {
      jvm.giveBack();
    } else {
      jvm.kill();
    }
  }

  private boolean isDone() {
    return said.stream().filter("done"::equals).count() == ordered;
  }

  private boolean left() {
    try {
      tell(new Order.Leave());
      Awaitility.await()
          .atMost(LONGEST_LEAVE)
          .pollInterval(POLL)
          .until(() -> said.contains(ParticipantMain.LEFT) || !jvm.isAlive());
      return jvm.isAlive();
    } catch (ConditionTimeoutException | UncheckedIOException e) {
      return false;
    }
  }

  private void introduce(
      Class<? extends BackendPlugin> plugin,
      Map<String, String> config,
      String handle,
      Path state) {
    var lines = new ArrayList<>(List.of(plugin.getName(), handle, state.toString()));
    lines.add("" + config.size());
    config.forEach((key, value) -> {
      lines.add(key);
      lines.add(value);
    });
    lines.forEach(line -> jvm.tell(Order.encoded(line)));
  }

  private void tell(Order order) {
    jvm.tell(order.line());
  }

  private void await(String line) {
    awaitUntil(line, () -> said.contains(line));
  }

  private void awaitUntil(String what, BooleanSupplier condition) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> condition.getAsBoolean() || !jvm.isAlive());
    if (!jvm.isAlive()) {
      jvm.awaitEnd();
    }
    if (!condition.getAsBoolean()) {
      throw new AssertionError(
          "the participant's process ended before '%s'; its last words: %s"
              .formatted(what, said.subList(Math.max(0, said.size() - LAST_WORDS), said.size())));
    }
  }

  private List<MessageId> idsAfter(String word) {
    return said.stream()
        .filter(line -> line.startsWith(word))
        .map(line -> new MessageId(Order.decoded(line.substring(word.length()))))
        .toList();
  }
}
