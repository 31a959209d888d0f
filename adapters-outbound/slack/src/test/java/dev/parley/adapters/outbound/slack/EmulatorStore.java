package dev.parley.adapters.outbound.slack;

import dev.parley.conformance.ForeignRecord;
import dev.parley.conformance.Store;
import dev.parley.domain.topic.TopicName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Channels of the emulator's workspace, one for each topic of a scenario. */
final class EmulatorStore implements Store {

  private final Emulator emulator;
  private final Map<TopicName, String> channels = new ConcurrentHashMap<>();

  EmulatorStore(Emulator emulator) {
    this.emulator = emulator;
    SlackStore.USUAL.forEach(name -> prepare(new TopicName(name)));
  }

  @Override
  public Map<String, String> config() {
    return Map.of(
        "bot_token",
        Emulator.TOKEN,
        "app_token",
        "none",
        "api_url",
        emulator.url(),
        "channel_map",
        channels.entrySet().stream()
            .map(entry -> entry.getKey().value() + "=" + entry.getValue())
            .collect(Collectors.joining("\n")),
        "settling_ms",
        "30",
        "request_timeout_ms",
        Integer.toString(SlackStore.REQUEST_TIMEOUT_MS));
  }

  @Override
  public void prepare(TopicName topic) {
    channels.computeIfAbsent(topic, name -> emulator.newChannel());
  }

  /** Law S14 is shown on the double alone. */
  @Override
  public Set<Loss> losses() {
    return Set.of();
  }

  @Override
  public void lose(Loss loss, TopicName topic) {
    throw new UnsupportedOperationException("nothing is lost here");
  }

  /** Law S19 is shown on the double alone. */
  @Override
  public List<ForeignRecord> foreignRecords() {
    return List.of();
  }

  /** The emulator has one user with a token, who is the bot. */
  @Override
  public Optional<Person> person() {
    return Optional.empty();
  }

  /** Law S21 is shown on the double alone. */
  @Override
  public Optional<Editor> editor() {
    return Optional.empty();
  }

  @Override
  public long serverObjects() {
    return 0;
  }

  @Override
  public void close() {
    // The emulator forgets its channels when it ends.
  }
}
