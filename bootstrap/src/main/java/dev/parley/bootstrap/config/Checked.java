package dev.parley.bootstrap.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of one section after the check: types are right and defaults filled in. */
record Checked(Map<String, Object> values) {

  Checked section(String name) {
    var section = new LinkedHashMap<String, Object>();
    if (values.get(name) instanceof Map<?, ?> inner) {
      inner.forEach((key, value) -> section.put((String) key, value));
    }
    return new Checked(section);
  }

  /** A text that has a default. */
  String text(String key) {
    return (String) required(key);
  }

  @Nullable String textOrNull(String key) {
    return (String) values.get(key);
  }

  @Nullable Path pathOrNull(String key) {
    return (Path) values.get(key);
  }

  int number(String key) {
    return Math.toIntExact((Long) required(key));
  }

  boolean flag(String key) {
    return (Boolean) required(key);
  }

  List<String> texts(String key) {
    return ((List<?>) required(key)).stream().map(String.class::cast).toList();
  }

  private Object required(String key) {
    var value = values.get(key);
    if (value == null) {
      throw new IllegalStateException("the key table gives no default for " + key);
    }
    return value;
  }
}
