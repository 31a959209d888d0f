package dev.parley.ports.outbound;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The checked values of {@code backend_config}: keys are those the plugin declared, types are those
 * it asked for, defaults are filled in, paths are absolute. Never shown as a whole: values may be
 * secret.
 */
public final class BackendConfig {

  private final Map<String, Object> values;

  /**
   * Holds checked values: {@link String}, {@link Path}, {@link Long}, {@link Boolean}, {@code
   * List<String>} or {@code Map<String, String>} by the setting's type; absent keys are absent.
   */
  public BackendConfig(Map<String, Object> values) {
    this.values = Map.copyOf(values);
  }

  /** The text of a key, if set. */
  public Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key)).map(String.class::cast);
  }

  /** The path of a key, if set. */
  public Optional<Path> path(String key) {
    return Optional.ofNullable(values.get(key)).map(Path.class::cast);
  }

  /** The number of a key, if set. */
  public Optional<Long> number(String key) {
    return Optional.ofNullable(values.get(key)).map(Long.class::cast);
  }

  /** Whether a key is set to true. */
  public boolean enabled(String key) {
    return Boolean.TRUE.equals(values.get(key));
  }

  /** The texts of a key; empty when it is not set. */
  public List<String> texts(String key) {
    return values.get(key) instanceof List<?> list
        ? list.stream().map(String.class::cast).toList()
        : List.of();
  }

  /** The map of a key; empty when it is not set. */
  public Map<String, String> map(String key) {
    return values.get(key) instanceof Map<?, ?> map
        ? map.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(e -> (String) e.getKey(), e -> (String) e.getValue()))
        : Map.of();
  }

  /** How long one operation may take. */
  public Duration requestTimeout() {
    return Duration.ofMillis(number(Setting.REQUEST_TIMEOUT.name()).orElse(10_000L));
  }

  /** The keys that are set; never the values. */
  @Override
  public String toString() {
    return "backend_config with keys " + values.keySet();
  }
}
