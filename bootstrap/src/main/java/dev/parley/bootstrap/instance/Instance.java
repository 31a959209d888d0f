package dev.parley.bootstrap.instance;

import dev.parley.adapters.outbound.state.FileHandOffProjections;
import dev.parley.adapters.outbound.state.FileInstanceClaims;
import dev.parley.adapters.outbound.state.FilePostedIds;
import dev.parley.adapters.outbound.state.FileReadingPositions;
import dev.parley.adapters.outbound.wire.JsonBeats;
import dev.parley.application.PresenceRules;
import dev.parley.application.PushRules;
import dev.parley.application.UseCases;
import dev.parley.bootstrap.config.Configuration;
import dev.parley.bootstrap.config.ConfigurationFile;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.participant.SenderGlob;
import dev.parley.ports.StateUnavailable;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.InstanceClaims.Claim;
import dev.parley.ports.outbound.Self;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One running Parley: a participant on a backend, and what it can do there. */
public final class Instance implements AutoCloseable {

  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final Backend backend;
  private final UseCases useCases;
  private final @Nullable Claim claim;

  private Instance(Backend backend, UseCases useCases, @Nullable Claim claim) {
    this.backend = backend;
    this.useCases = useCases;
    this.claim = claim;
  }

  /**
   * An agent's instance. It claims its id on this machine: when another process has it, this one
   * takes the next free one and says so.
   *
   * @param say where sentences for the user go
   */
  public static Instance ofAgent(ConfigurationFile file, Consumer<String> say) {
    return ofAgent(file, file.configuration().livePush().enabled(), UnaryOperator.identity(), say);
  }

  /**
   * An instance behind a server: as that of an agent, but nothing is pushed to its clients.
   *
   * @param around what is put around the backend
   * @param say where sentences for the user go
   */
  public static Instance ofServer(
      ConfigurationFile file, UnaryOperator<Backend> around, Consumer<String> say) {
    return ofAgent(file, false, around, say);
  }

  private static Instance ofAgent(
      ConfigurationFile file, boolean pushes, UnaryOperator<Backend> around, Consumer<String> say) {
    var claim = claim(file, say);
    var configuration = file.configuration();
    var wanted = new InstanceId(configuration.instanceId());
    var id = claim == null ? wanted : claim.id();
    var handle = new Handle(configuration.identity().handle());
    var self = self(file, handle, Sender.Kind.AGENT, id);
    var push = configuration.livePush();
    var rules =
        new PushRules(
            push.from().stream().map(SenderGlob::new).toList(),
            push.mentionFilter() ? handle : null,
            push.maxPerMinute());
    var backend = around.apply(file.plugin().open(file.backendConfig(), self));
    var store = storeOf(configuration, backend);
    var useCases =
        UseCases.over(
            backend,
            store,
            self,
            configuration.allowedTopics(),
            rules,
            presence(configuration, pushes),
            new JsonBeats(),
            new FileReadingPositions(configuration.statePath()),
            new FilePostedIds(configuration.statePath(), id, store),
            new FileHandOffProjections(configuration.statePath()),
            file.backendConfig().requestTimeout());
    return new Instance(backend, useCases, claim);
  }

  /**
   * A person's seat: it keeps no reading positions, so it never moves an agent's. What it stores of
   * hand-offs belongs to the topic and to nobody.
   */
  public static Instance ofPerson(ConfigurationFile file, Handle person) {
    var configuration = file.configuration();
    var id = new InstanceId("person-" + person);
    var self = self(file, person, Sender.Kind.PERSON, id);
    var backend = file.plugin().open(file.backendConfig(), self);
    var useCases =
        UseCases.over(
            backend,
            storeOf(configuration, backend),
            self,
            configuration.allowedTopics(),
            new PushRules(List.of(new SenderGlob("*")), null, Integer.MAX_VALUE),
            presence(configuration, false),
            new JsonBeats(),
            new NothingKept(),
            new NothingKept(),
            new FileHandOffProjections(configuration.statePath()),
            file.backendConfig().requestTimeout());
    return new Instance(backend, useCases, null);
  }

  /** What can be done. */
  public UseCases useCases() {
    return useCases;
  }

  /** The backend itself, for checks. */
  public Backend backend() {
    return backend;
  }

  /** Ends within a second and a little, whatever the backend does. */
  @Override
  public void close() {
    useCases.close();
    closeBackend();
    if (claim != null) {
      claim.close();
    }
  }

  /** A server that hangs may hold up each part of its backend: whoever waits is not to feel it. */
  private void closeBackend() {
    var closing = Thread.ofPlatform().daemon().name("closing").start(backend::close);
    try {
      closing.join(CLOSING.toMillis());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static PresenceRules presence(Configuration configuration, boolean pushes) {
    var presence = configuration.presence();
    return new PresenceRules(
        presence.enabled(),
        pushes,
        Duration.ofMillis(presence.heartbeatMs()),
        Duration.ofMillis(presence.ttlMs()));
  }

  /** Two projects may use one handle and one topic name, each with a store of its own. */
  private static String storeOf(Configuration configuration, Backend backend) {
    return configuration.backend() + " " + backend.about().place();
  }

  private static @Nullable Claim claim(ConfigurationFile file, Consumer<String> say) {
    var wanted = new InstanceId(file.configuration().instanceId());
    try {
      var claim = new FileInstanceClaims(file.configuration().statePath()).claim(wanted);
      if (!claim.id().value().equals(wanted.value())) {
        say.accept(
            "another process on this machine runs as instance '%s', so this one is '%s' and keeps its own reading positions; --handle gives a session a name of its own"
                .formatted(wanted, claim.id()));
      }
      return claim;
    } catch (StateUnavailable e) {
      // Posting and reading work without state; catching up says what is wrong when it is asked.
      say.accept(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static Self self(
      ConfigurationFile file, Handle handle, Sender.Kind kind, InstanceId instance) {
    // An instance id may hold characters that no file name can.
    var name = UUID.nameUUIDFromBytes(instance.value().getBytes(StandardCharsets.UTF_8));
    var folder = "%s-%s".formatted(file.configuration().backend(), name);
    return new Self(
        handle,
        kind,
        instance,
        file.configuration().statePath().resolve("backends").resolve(folder));
  }
}
