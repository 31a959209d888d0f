package dev.parley.bootstrap.config;

import dev.parley.ports.outbound.Setting;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A map of the file and what may stand in it.
 *
 * @param name its key, empty for the whole file
 * @param help one line for a person
 * @param retired keys of former releases that are read no more
 */
record Section(
    String name, String help, List<Key> keys, List<Section> sections, List<Retired> retired) {

  /**
   * A key with a value.
   *
   * @param rule what each text of the value has to obey beyond its type, if anything
   */
  record Key(Setting setting, @Nullable Rule rule) {}

  /**
   * What a text has to obey.
   *
   * @param allowed what is allowed, as an error message says it
   * @param check throws {@link IllegalArgumentException} for a text that does not obey
   */
  record Rule(String allowed, Consumer<String> check) {

    boolean admits(String text) {
      return refusal(text).isEmpty();
    }

    /** Why a text does not obey, as far as more can be said than what is allowed. */
    String detail(String text) {
      return refusal(text)
          .map(IllegalArgumentException::getCause)
          .map(cause -> " (%s)".formatted(cause.getMessage()))
          .orElse("");
    }

    private Optional<IllegalArgumentException> refusal(String text) {
      try {
        check.accept(text);
        return Optional.empty();
      } catch (IllegalArgumentException e) {
        return Optional.of(e);
      }
    }
  }

  /** A key that has no effect any more, and what to do about it. */
  record Retired(String name, String advice) {}

  /** The settings of a backend. */
  static Section ofBackend(List<Setting> settings) {
    return new Section(
        Keys.BACKEND_CONFIG,
        "settings of the backend",
        settings.stream().map(setting -> new Key(setting, null)).toList(),
        List.of(),
        List.of());
  }

  /** Whether nothing but retired keys may stand in it. */
  boolean isRetired() {
    return keys.isEmpty() && sections.isEmpty() && !retired.isEmpty();
  }

  /** Every name that may stand in this map now. */
  List<String> names() {
    return Stream.concat(
            keys.stream().map(key -> key.setting().name()),
            sections.stream().filter(section -> !section.isRetired()).map(Section::name))
        .toList();
  }

  /** Every key in this map and below, with its full path. */
  List<String> paths() {
    return Stream.concat(
            keys.stream().map(key -> key.setting().name()),
            sections.stream()
                .flatMap(
                    section -> section.paths().stream().map(path -> section.name() + "." + path)))
        .toList();
  }

  Optional<Key> key(String wanted) {
    return keys.stream().filter(key -> key.setting().name().equals(wanted)).findFirst();
  }

  Optional<Key> keyFormerly(String wanted) {
    return keys.stream().filter(key -> key.setting().formerNames().contains(wanted)).findFirst();
  }

  Optional<Section> section(String wanted) {
    return sections.stream().filter(section -> section.name().equals(wanted)).findFirst();
  }

  Optional<Retired> retired(String wanted) {
    return retired.stream().filter(key -> key.name().equals(wanted)).findFirst();
  }
}
