package dev.parley.adapters.outbound.slack;

import dev.parley.conformance.BackendUnderTest;
import dev.parley.conformance.ExistingStore;
import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.Outage;
import dev.parley.conformance.Server;
import dev.parley.conformance.Store;
import dev.parley.ports.outbound.BackendPlugin;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The Slack backend on the emulator: each store is a few channels of its one workspace. */
final class EmulatorUnderTest implements BackendUnderTest {

  private final SlackPlugin plugin = new SlackPlugin();
  private final Emulator emulator = new Emulator();

  @Override
  public BackendPlugin plugin() {
    return plugin;
  }

  @Override
  public Server server() {
    return Server.doubleOf("Slack", Emulator.VERSION, "nothing: it is others' double");
  }

  @Override
  public Store newStore() {
    return new EmulatorStore(emulator);
  }

  @Override
  public Optional<ExistingStore> existingStore() {
    return Optional.empty();
  }

  /** Law S18 is shown on the double alone. */
  @Override
  public List<Misconfiguration> misconfigurations() {
    return List.of();
  }

  @Override
  public Optional<Outage> outage(Outage.Kind kind, Store store) {
    return Optional.empty();
  }

  @Override
  public Set<String> libraryThreads() {
    return Set.of();
  }

  @Override
  public void close() {
    emulator.close();
  }
}
