package dev.parley.bootstrap.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads YAML or JSON with the line of every value; a key given twice is a mistake. */
final class DocumentReader {

  // YAML 1.1 reads the words yes, no, on and off as truth values; as names they have to stay texts.
  // A factory from the builder, unlike one from the constructor, reads a missing value as a text.
  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .build();

  private final Mistakes mistakes;

  DocumentReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** The map that the text holds, or empty after a mistake was noted. */
  Optional<Node.Mapping> read(String text, boolean json) {
    JsonFactory factory = json ? new JsonFactory() : YAML;
    try (var parser = factory.createParser(text)) {
      if (parser.nextToken() == null) {
        return Optional.of(new Node.Mapping(1, new LinkedHashMap<>()));
      }
      var root = value(parser, "", lineOf(parser));
      if (parser.nextToken() != null) {
        mistakes.add(lineOf(parser), "a second document begins here, but the file holds one");
      }
      if (root instanceof Node.Mapping mapping) {
        return Optional.of(mapping);
      }
      if (root instanceof Node.Nothing) {
        return Optional.of(new Node.Mapping(root.line(), new LinkedHashMap<>()));
      }
      mistakes.add(
          root.line(),
          "the file holds %s, but must be a map of keys such as 'topics: [general]'"
              .formatted(root.described()));
      return Optional.empty();
    } catch (JsonProcessingException e) {
      noteSyntax(e, json);
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory cannot fail to be read", e);
    }
  }

  private Node value(JsonParser parser, String key, int line) throws IOException {
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      return new Node.Alias(line);
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser, key, line);
      case START_ARRAY -> items(parser, key, line);
      case VALUE_NUMBER_INT -> new Node.Whole(line, parser.getBigIntegerValue().toString());
      case VALUE_NUMBER_FLOAT -> new Node.Fraction(line, parser.getText());
      case VALUE_TRUE -> new Node.Truth(line, true);
      case VALUE_FALSE -> new Node.Truth(line, false);
      case VALUE_NULL -> new Node.Nothing(line);
      default -> new Node.Text(line, parser.getText());
    };
  }

  private Node.Mapping mapping(JsonParser parser, String prefix, int line) throws IOException {
    var entries = new LinkedHashMap<String, Node>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      var key = prefix.isEmpty() ? name : prefix + "." + name;
      var keyLine = lineOf(parser);
      parser.nextToken();
      var first = entries.putIfAbsent(name, value(parser, key, keyLine));
      if (first != null) {
        mistakes.add(
            keyLine,
            "%s is given twice, first in line %d; keep one of them".formatted(key, first.line()));
      }
    }
    return new Node.Mapping(line, entries);
  }

  private Node.Items items(JsonParser parser, String key, int line) throws IOException {
    var items = new ArrayList<Node>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser, "%s[%d]".formatted(key, items.size()), lineOf(parser)));
    }
    return new Node.Items(line, items);
  }

  /**
   * The parsers' own messages quote the file, and the file may hold secrets: they are not shown.
   */
  private void noteSyntax(JsonProcessingException e, boolean json) {
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      var mark = marked.getProblemMark();
      mistakes.add(
          mark.getLine() + 1,
          "this is not valid YAML at column %d; check indentation, quotes, and that a blank follows each colon"
              .formatted(mark.getColumn() + 1));
      return;
    }
    var at = e.getLocation();
    mistakes.add(
        at == null ? 1 : Math.max(1, at.getLineNr()),
        json
            ? "this is not valid JSON at column %d; check quotes, commas and braces"
                .formatted(at == null ? 1 : at.getColumnNr())
            : "this is not valid YAML; check indentation, quotes and odd characters");
  }

  private static int lineOf(JsonParser parser) {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }
}
