package dev.parley.ports.outbound;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One key of {@code backend_config}.
 *
 * @param name the key, lower case with underscores
 * @param type what its value has to be
 * @param fallback the value when the key is absent, as text; null for none
 * @param required whether the key has to be present
 * @param secret whether the value must never be shown
 * @param help one line for a person
 * @param formerNames keys that still set it, each accepted with a warning
 */
public record Setting(
    String name,
    Type type,
    @Nullable String fallback,
    boolean required,
    boolean secret,
    String help,
    List<String> formerNames) {

  /** The timeout that bounds every operation of every backend, in milliseconds. */
  public static final Setting REQUEST_TIMEOUT =
      optional(
          "request_timeout_ms",
          new WholeNumber(100, 600_000),
          "10000",
          "how long one operation may take, in milliseconds");

  public Setting {
    formerNames = List.copyOf(formerNames);
  }

  /** What a value has to be. */
  public sealed interface Type {
    /** What is allowed, as an error message says it. */
    String allowed();
  }

  /** Any text that is not blank. */
  public record Text() implements Type {
    @Override
    public String allowed() {
      return "text";
    }
  }

  /**
   * An address as in RFC 3986. One that holds a password is a secret, any other is not, so mark the
   * setting {@link #asSecret()}: the whole value is then never shown, and whoever writes a password
   * into the file is warned.
   */
  public record Url() implements Type {
    @Override
    public String allowed() {
      return "a URL";
    }

    /** Whether an address holds a password, as in {@code redis://user:password@host}. */
    public static boolean holdsPassword(String url) {
      var start = url.indexOf("://");
      var authority = start < 0 ? url : url.substring(start + 3);
      var path = authority.indexOf('/');
      var at = (path < 0 ? authority : authority.substring(0, path)).lastIndexOf('@');
      var colon = authority.indexOf(':');
      return (at >= 0 && colon >= 0 && colon < at)
          || url.toLowerCase(Locale.ROOT).contains("password=");
    }
  }

  /**
   * A path; a relative one is resolved against the folder of the config file, {@code ~} is home.
   */
  public record FilePath() implements Type {
    @Override
    public String allowed() {
      return "a file path";
    }
  }

  /** A whole number between two bounds, both allowed. */
  public record WholeNumber(long least, long most) implements Type {
    @Override
    public String allowed() {
      return most == Long.MAX_VALUE
          ? "a whole number, %d or more".formatted(least)
          : "a whole number from %d to %d".formatted(least, most);
    }
  }

  /** {@code true} or {@code false}. */
  public record YesNo() implements Type {
    @Override
    public String allowed() {
      return "true or false";
    }
  }

  /** One of a few words; case does not matter. */
  public record OneOf(List<String> words) implements Type {
    @Override
    public String allowed() {
      return "one of " + String.join(", ", words);
    }
  }

  /** A list of texts. */
  public record TextList() implements Type {
    @Override
    public String allowed() {
      return "a list of texts";
    }
  }

  /** A map from text to text. */
  public record TextMap() implements Type {
    @Override
    public String allowed() {
      return "a map from text to text";
    }
  }

  /** A key that may be absent. */
  public static Setting optional(String name, Type type, @Nullable String fallback, String help) {
    return new Setting(name, type, fallback, false, false, help, List.of());
  }

  /** A key that has to be present. */
  public static Setting required(String name, Type type, String help) {
    return new Setting(name, type, null, true, false, help, List.of());
  }

  /** The same setting, its value never shown. */
  public Setting asSecret() {
    return new Setting(name, type, fallback, required, true, help, formerNames);
  }

  /** The same setting, also accepted under former names. */
  public Setting formerly(String... names) {
    return new Setting(name, type, fallback, required, secret, help, List.of(names));
  }
}
