package dev.parley.conformance;

import dev.parley.ports.outbound.BackendPlugin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A backend as the suite tests it: its plugin, the server behind it, fresh stores, and the faults
 * that can be inflicted on them. A backend module implements this in its tests and hands it to
 * {@link ConformanceSuite#test}. One object serves one run of the suite; {@link #close()} ends
 * whatever servers it started.
 *
 * <p>What a backend has not got is declared by an empty answer, and shown in the matrix; what is
 * missing on the machine (a server that is not installed) is thrown, and fails the run.
 */
public interface BackendUnderTest extends AutoCloseable {

  /**
   * The plugin. Participants in other processes make their own with the public constructor without
   * parameters of the same class.
   */
  BackendPlugin plugin();

  /** The server behind the backend: what the matrix names. */
  Server server();

  /** A new, empty store; the suite asks for one per scenario and closes it at the end. */
  Store newStore();

  /**
   * A store in the shared layout of this backend that other software filled, odd records included,
   * and that no Parley has opened yet; empty when the backend shares no layout with anyone.
   */
  Optional<ExistingStore> existingStore();

  /** What can be wrong with a configuration or its server (law S18); never empty. */
  List<Misconfiguration> misconfigurations();

  /**
   * An outage of the store's server, or empty when this backend cannot suffer one of this kind. An
   * embedded store has no server: {@link Outage.Kind#KILLED} then kills another process in the
   * middle of writing, and {@link Outage.Kind#FROZEN} has another program hold the store's lock.
   */
  Optional<Outage> outage(Outage.Kind kind, Store store);

  /**
   * Names (whole, as regular expressions) of threads that a library keeps after the last backend
   * was closed, and that law S17 therefore does not count.
   */
  Set<String> libraryThreads();

  /**
   * How long the suite waits for what has to arrive before it calls it lost. No time of a law: a
   * backend that needs longer here and there still keeps the laws.
   */
  default Duration patience() {
    return Duration.ofSeconds(10);
  }

  /** Ends the servers this object started and removes what they left. */
  @Override
  void close();
}
