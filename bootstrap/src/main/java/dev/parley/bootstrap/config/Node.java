package dev.parley.bootstrap.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One value as it stands in a file, with its line: that of its key, when it has one. */
sealed interface Node {

  /** The longest text that an error message repeats. */
  int SHOWN = 60;

  /** What an error message does not repeat, so that it stays one line. */
  Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u2028\u2029]");

  /** The line, from 1. */
  int line();

  /** What was found, as an error message says it. */
  String described();

  /** Keys with their values, in the order of the file. */
  record Mapping(int line, Map<String, Node> entries) implements Node {
    @Override
    public String described() {
      return "a map";
    }
  }

  /** A list. */
  record Items(int line, List<Node> items) implements Node {
    @Override
    public String described() {
      return "a list";
    }
  }

  /** A text; {@code text} is as written, references are not resolved. */
  record Text(int line, String text) implements Node {
    @Override
    public String described() {
      var shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
      return "the text \"%s\"".formatted(CONTROL.matcher(shown).replaceAll("?"));
    }
  }

  /** A whole number; {@code digits} may be more than a long holds. */
  record Whole(int line, String digits) implements Node {
    @Override
    public String described() {
      return "the number " + digits;
    }
  }

  /** A number with a fraction or an exponent. */
  record Fraction(int line, String digits) implements Node {
    @Override
    public String described() {
      return "the number " + digits;
    }
  }

  /** True or false. */
  record Truth(int line, boolean value) implements Node {
    @Override
    public String described() {
      return Boolean.toString(value);
    }
  }

  /** A value that stands elsewhere in the file, which is not looked for. */
  record Alias(int line) implements Node {
    @Override
    public String described() {
      return "a YAML alias, which is not read";
    }
  }

  /** A key without a value. */
  record Nothing(int line) implements Node {
    @Override
    public String described() {
      return "empty";
    }
  }
}
