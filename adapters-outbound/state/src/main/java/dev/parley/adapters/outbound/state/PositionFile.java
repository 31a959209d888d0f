package dev.parley.adapters.outbound.state;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.reading.ReadingPositionId;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Properties;

/** The text of one position: Java properties, so that a person can read it and any cursor fits. */
final class PositionFile {

  private static final String FORMAT = "1";

  private PositionFile() {}

  /** The file's contents are not a position, or not the one its name says. */
  static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  static String write(ReadingPositionId id, Cursor cursor) throws IOException {
    var properties = namesOf(id);
    properties.setProperty("cursor", cursor.value());
    var text = new StringWriter();
    properties.store(text, "How far this reader has read; written by Parley");
    return text.toString();
  }

  static Cursor read(String text, ReadingPositionId id) throws Unreadable {
    var properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException malformed) {
      throw new Unreadable("it is damaged");
    }
    var cursor = properties.getProperty("cursor");
    if (cursor == null || cursor.isBlank()) {
      throw new Unreadable("it holds no cursor");
    }
    properties.remove("cursor");
    if (!properties.equals(namesOf(id))) {
      throw new Unreadable("it holds the position of another reader or a later format");
    }
    try {
      return new Cursor(cursor);
    } catch (IllegalArgumentException malformed) {
      throw new Unreadable("its cursor is damaged");
    }
  }

  private static Properties namesOf(ReadingPositionId id) {
    var properties = new Properties();
    properties.setProperty("format", FORMAT);
    properties.setProperty("instance", id.instance().value());
    properties.setProperty("reader", id.reader().value());
    properties.setProperty("backend", id.backend());
    properties.setProperty("topic", id.topic().value());
    return properties;
  }
}
