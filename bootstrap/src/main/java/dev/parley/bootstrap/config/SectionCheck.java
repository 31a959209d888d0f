package dev.parley.bootstrap.config;

import dev.parley.ports.outbound.Setting;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks a map of the file against what may stand in it, and gives the values with defaults. */
final class SectionCheck {

  private final Mistakes mistakes;
  private final Values values;
  private final List<String> everyPath;
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private final Set<String> mistaken = new HashSet<>();

  /** Checks with the paths of the whole file at hand, to say where a misplaced key belongs. */
  SectionCheck(References references, Mistakes mistakes, List<String> everyPath) {
    this.mistakes = mistakes;
    this.values = new Values(references, mistakes);
    this.everyPath = everyPath;
  }

  /** The line on which a key was set, else that of its section, or else the first line. */
  int lineOf(String key) {
    var line = lines.get(key);
    if (line != null) {
      return line;
    }
    var section = key.lastIndexOf('.');
    return section < 0 ? 1 : lineOf(key.substring(0, section));
  }

  /** Whether a key stands in the file. */
  boolean isSet(String key) {
    return lines.containsKey(key);
  }

  /**
   * Whether a key has its default because of a mistake, lacks a part of its value, or seems to be
   * meant by a key that is not known.
   */
  boolean isMistaken(String key) {
    return mistaken.contains(key);
  }

  /**
   * The values of a section, by name; keys without value and default are absent. A key with a
   * mistake has its default, so that no later check complains about it again.
   */
  Map<String, Object> check(Section section, Node.Mapping found, String prefix) {
    return new Reading(section, found, prefix).result();
  }

  /** One map of the file while it is read. */
  private final class Reading {

    private final Section section;
    private final Node.Mapping found;
    private final String prefix;
    private final Map<String, Object> result = new LinkedHashMap<>();

    Reading(Section section, Node.Mapping found, String prefix) {
      this.section = section;
      this.found = found;
      this.prefix = prefix;
    }

    Map<String, Object> result() {
      found.entries().forEach(this::take);
      section.keys().forEach(key -> complete(key.setting()));
      section.sections().stream()
          .filter(inner -> !inner.isRetired() && !result.containsKey(inner.name()))
          .forEach(inner -> takeSection(inner, new Node.Mapping(found.line(), Map.of())));
      return result;
    }

    private void take(String name, Node value) {
      var key = section.key(name);
      var inner = section.section(name);
      var former = section.keyFormerly(name);
      var retired = section.retired(name);
      if (key.isPresent()) {
        takeValue(key.get(), value);
      } else if (inner.isPresent()) {
        lines.put(prefix + name, value.line());
        takeSection(inner.get(), value);
      } else if (former.isPresent()) {
        takeFormer(name, former.get(), value);
      } else if (retired.isPresent()) {
        mistakes.warn(
            value.line(),
            "%s has no effect any more; %s".formatted(prefix + name, retired.get().advice()));
      } else {
        refuse(name, value);
      }
    }

    private void takeValue(Section.Key key, Node value) {
      if (value instanceof Node.Nothing) {
        return;
      }
      var path = prefix + key.setting().name();
      lines.put(path, value.line());
      var before = mistakes.count();
      values.read(key, path, value).ifPresent(v -> result.put(key.setting().name(), v));
      if (mistakes.count() > before) {
        mistaken.add(path);
      }
    }

    private void takeSection(Section inner, Node value) {
      var path = prefix + inner.name();
      if (value instanceof Node.Mapping mapping) {
        var checked = check(inner, mapping, path + ".");
        if (!inner.isRetired()) {
          result.put(inner.name(), checked);
        }
      } else if (!(value instanceof Node.Nothing)) {
        mistakes.add(
            value.line(),
            "%s is %s, but must be a map with the keys %s"
                .formatted(path, value.described(), String.join(", ", inner.names())));
      }
    }

    private void takeFormer(String name, Section.Key key, Node value) {
      var path = prefix + key.setting().name();
      if (found.entries().containsKey(key.setting().name())) {
        mistakes.add(
            value.line(),
            "%s is the former name of %s, and both are given; keep %s"
                .formatted(prefix + name, path, path));
        return;
      }
      mistakes.warn(value.line(), "%s is now called %s; rename it".formatted(prefix + name, path));
      takeValue(key, value);
    }

    private void complete(Setting setting) {
      var path = prefix + setting.name();
      if (setting.required() && !isSet(path) && !isMistaken(path)) {
        mistakes.add(
            found.line(),
            "%s is missing, but must be %s: %s"
                .formatted(path, setting.type().allowed(), setting.help()));
      }
      values
          .fallback(setting, found.line())
          .ifPresent(value -> result.putIfAbsent(setting.name(), value));
    }

    private void refuse(String name, Node value) {
      var known = section.names();
      var meant =
          Nearest.to(name, known)
              .map(near -> prefix + near)
              .or(() -> everyPath.stream().filter(p -> p.endsWith("." + name)).findFirst());
      meant.ifPresent(mistaken::add);
      mistakes.add(
          value.line(),
          "%s is not a known key%s known here: %s"
              .formatted(
                  prefix + name,
                  meant.map(", did you mean %s?"::formatted).orElse(";"),
                  known.isEmpty() ? "none" : String.join(", ", known)));
    }
  }
}
