package dev.parley.adapters.outbound.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.domain.presence.Announcement;
import dev.parley.domain.presence.Beat;
import dev.parley.domain.presence.PeerPatterns;
import dev.parley.domain.presence.ProcessInstance;
import dev.parley.domain.topic.TopicName;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one beat; a field of the wrong type makes it none. */
final class BeatReader {

  /** More names than this are not kept of anybody, so they are not read. */
  private static final int MOST_NAMES = 1024;

  private final JsonParser json;
  private int version;
  private Beat.@Nullable Kind kind;
  private @Nullable Instant at;
  private ProcessInstance process = ProcessInstance.UNNAMED;
  private List<TopicName> topics = List.of();
  private List<String> patterns = List.of();
  private boolean push;
  private boolean more;
  private boolean leftOut;

  BeatReader(JsonParser json) {
    this.json = json;
  }

  /**
   * The beat, or nothing when the object is another one.
   *
   * @throws IOException when this is no JSON, or no object with fields of the right types
   */
  Optional<Beat> read() throws IOException {
    require(json.nextToken() == JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var field = json.currentName();
      json.nextToken();
      field(field);
    }
    require(json.nextToken() == null);
    if (version != JsonBeats.VERSION || kind == null || at == null) {
      return Optional.empty();
    }
    var said =
        new Announcement(
            topics,
            new PeerPatterns(patterns),
            push,
            more || leftOut || patterns.size() > PeerPatterns.MAX);
    return Optional.of(new Beat(kind, process, at, said));
  }

  private void field(String name) throws IOException {
    switch (name) {
      case "v" -> version = Math.clamp(wholeNumber(), 0, Integer.MAX_VALUE);
      case "kind" -> kind = kindOf(text());
      case "at" -> at = Instant.ofEpochMilli(wholeNumber());
      case "topics" -> topics = topics();
      case "postTopics" -> patterns = texts();
      case "instanceId" -> process = isNull() ? process : new ProcessInstance(text());
      case "push" -> push = flag();
      case "more" -> more = flag();
      default -> json.skipChildren();
    }
  }

  private static Beat.@Nullable Kind kindOf(String name) {
    for (var kind : Beat.Kind.values()) {
      if (JsonBeats.nameOf(kind).equals(name)) {
        return kind;
      }
    }
    return null;
  }

  private List<TopicName> topics() throws IOException {
    var names = new ArrayList<TopicName>();
    for (var text : texts()) {
      try {
        names.add(new TopicName(text));
      } catch (IllegalArgumentException noName) {
        leftOut = true;
      }
    }
    return names;
  }

  private List<String> texts() throws IOException {
    if (isNull()) {
      return List.of();
    }
    require(json.currentToken() == JsonToken.START_ARRAY);
    var texts = new ArrayList<String>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      var text = text();
      if (texts.size() < MOST_NAMES) {
        texts.add(text);
      } else {
        leftOut = true;
      }
    }
    return texts;
  }

  private String text() throws IOException {
    require(json.currentToken() == JsonToken.VALUE_STRING);
    return json.getText();
  }

  private long wholeNumber() throws IOException {
    require(json.currentToken() == JsonToken.VALUE_NUMBER_INT);
    return json.getLongValue();
  }

  private boolean flag() throws IOException {
    return !isNull() && json.getBooleanValue();
  }

  private boolean isNull() {
    return json.currentToken() == JsonToken.VALUE_NULL;
  }

  private static void require(boolean asExpected) throws IOException {
    if (!asExpected) {
      throw new IOException("not what a beat has here");
    }
  }
}
