package dev.parley.ports;

/** The longest content a backend takes, in a unit. */
public record ContentLimit(int size, Unit unit) {

  /** What the limit counts. */
  public enum Unit {
    /** Bytes of the content in UTF-8. */
    UTF8_BYTES("UTF-8 bytes"),
    /** UTF-16 code units. */
    UTF16_UNITS("UTF-16 characters"),
    /** Unicode code points. */
    CODE_POINTS("characters");

    private final String plural;

    Unit(String plural) {
      this.plural = plural;
    }

    /** The unit as a person reads it. */
    public String plural() {
      return plural;
    }
  }

  /** The size of a content in the unit of this limit. */
  public int sizeOf(String content) {
    return switch (unit) {
      case UTF8_BYTES -> Utf8.length(content);
      case UTF16_UNITS -> content.length();
      case CODE_POINTS -> content.codePointCount(0, content.length());
    };
  }

  @Override
  public String toString() {
    return "%,d %s".formatted(size, unit.plural());
  }
}
