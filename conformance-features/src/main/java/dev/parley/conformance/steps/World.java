package dev.parley.conformance.steps;

import dev.parley.conformance.BackendUnderTest;
import dev.parley.conformance.OpenStore;
import dev.parley.conformance.Store;
import dev.parley.conformance.SuiteRun;
import dev.parley.conformance.Verdicts;
import dev.parley.conformance.process.ParticipantProcess;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Capabilities;
import dev.parley.ports.outbound.Setting;
import io.cucumber.java.After;
import io.cucumber.java.Before;
import io.cucumber.java.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * One scenario: its store, its topic, and its participants. A participant is known by its handle
 * and joins when a sentence first names it; everything is closed when the scenario ends.
 */
public final class World {

  /** An outage in full takes 20 s; what takes this long hangs, and is interrupted. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor();
  private final BackendUnderTest underTest = SuiteRun.current().backend();
  private final Map<String, Backend> participants = new HashMap<>();
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private final List<Path> folders = new ArrayList<>();
  private Optional<Scenario> scenario = Optional.empty();
  private Optional<Store> store = Optional.empty();

  /** Remembers the scenario, for its log, and sees to it that it ends. */
  @Before
  public void begin(Scenario begun) {
    scenario = Optional.of(begun);
    var running = Thread.currentThread();
    var _ = watchdog.schedule(running::interrupt, LONGEST.toSeconds(), TimeUnit.SECONDS);
  }

  /** Closes what the scenario opened, the last first. */
  @After
  public void end() throws Exception {
    watchdog.shutdownNow();
    leaveAll();
    while (!closing.isEmpty()) {
      closing.pop().close();
    }
    for (var folder : folders) {
      remove(folder);
    }
  }

  BackendUnderTest underTest() {
    return underTest;
  }

  Capabilities capabilities() {
    return underTest.plugin().capabilities();
  }

  /** How long to wait for what has to arrive. */
  Duration patience() {
    return underTest.patience();
  }

  BackendConfig config() {
    return OpenStore.config(underTest.plugin(), store().config());
  }

  /** The most messages a test may post in a row here, if it would like this many. */
  int atMost(int messages) {
    return Math.min(messages, capabilities().suiteLoad().messages());
  }

  /** Says, in the log and in the matrix, that the backend has not got something. */
  void absent(String what) {
    scenario.ifPresent(s -> s.log(Verdicts.ABSENT + what));
  }

  /** Writes to the scenario's log. */
  void log(String text) {
    scenario.ifPresent(s -> s.log(text));
  }

  /** The scenario's store. */
  Store store() {
    if (store.isEmpty()) {
      useStore(underTest.newStore());
    }
    return store.orElseThrow();
  }

  /** Makes a given store the scenario's. */
  void useStore(Store given) {
    store = Optional.of(closeAtEnd(given));
  }

  /** The topic that the scenario is about. */
  TopicName topic() {
    return topic("planning");
  }

  /** A topic of the scenario's store. */
  TopicName topic(String name) {
    var topic = new TopicName(name);
    store().prepare(topic);
    return topic;
  }

  /** The participant of this handle, an agent in this process. */
  Backend participant(String handle) {
    return participants.computeIfAbsent(handle, this::open);
  }

  /** Opens a backend on the scenario's store; whoever asks closes it. */
  Backend open(String handle) {
    return open(handle, Sender.Kind.AGENT, store());
  }

  /** Opens a backend on a store; whoever asks closes it. */
  Backend open(String handle, Sender.Kind kind, Store place) {
    return OpenStore.as(
        new Handle(handle), kind, underTest.plugin(), place.config(), newFolder("state"));
  }

  /** Closes a participant; it joins anew when it is named again. */
  void leave(String handle) {
    Optional.ofNullable(participants.remove(handle)).ifPresent(Backend::close);
  }

  void leaveAll() {
    List.copyOf(participants.keySet()).forEach(this::leave);
  }

  /** A participant in a process of its own. */
  ParticipantProcess process(String handle) {
    var config = new HashMap<>(store().config());
    // It starts cold, often with others at once, and so has the time that users have.
    config.remove(Setting.REQUEST_TIMEOUT.name());
    return closeAtEnd(
        ParticipantProcess.start(
            underTest.plugin().getClass(), config, handle, newFolder("state")));
  }

  <T extends AutoCloseable> T closeAtEnd(T resource) {
    closing.push(resource);
    return resource;
  }

  /** A new folder that is removed at the end. */
  Path newFolder(String name) {
    try {
      var folder = Files.createTempDirectory("parley-" + name);
      folders.add(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the order of what was posted no longer changes, as the backend declares. */
  void settle() {
    var settling = Duration.ofMillis(capabilities().settlingMillis());
    if (!settling.isZero()) {
      Awaitility.await()
          .atMost(settling.plusSeconds(1))
          .pollDelay(settling)
          .until(() -> Boolean.TRUE);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
