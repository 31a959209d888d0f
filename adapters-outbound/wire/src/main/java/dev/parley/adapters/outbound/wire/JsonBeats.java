package dev.parley.adapters.outbound.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.parley.domain.presence.Beat;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.PresenceWire;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;

/**
 * Beats as one JSON object each, version 2 of the format that bridges share: {@code v}, {@code
 * kind}, {@code at} in milliseconds since 1970, {@code topics}, {@code postTopics}, {@code
 * instanceId}, {@code push}, {@code more}. The first three have to be there; unknown ones are
 * passed over.
 */
@SecondaryAdapter
public final class JsonBeats implements PresenceWire {

  static final int VERSION = 2;

  /** No beat of ours nests deeper than a list in an object; others may add a little. */
  private static final int DEEPEST = 16;

  private static final int LONGEST_NUMBER = 32;

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .recyclerPool(JsonRecyclerPools.newBoundedPool(1))
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .build())
          .build();

  /** The format needs nothing to be known. */
  public JsonBeats() {}

  @Override
  public String write(Beat beat) {
    var said = beat.announcement();
    var text = new StringWriter();
    try (var json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("v", VERSION);
      json.writeStringField("kind", nameOf(beat.kind()));
      json.writeNumberField("at", beat.at().toEpochMilli());
      json.writeArrayFieldStart("topics");
      for (TopicName topic : said.topics()) {
        json.writeString(topic.value());
      }
      json.writeEndArray();
      json.writeArrayFieldStart("postTopics");
      for (var expression : said.postPatterns().expressions()) {
        json.writeString(expression);
      }
      json.writeEndArray();
      json.writeStringField("instanceId", beat.process().value());
      json.writeBooleanField("push", said.push());
      if (said.more()) {
        json.writeBooleanField("more", true);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  @Override
  public Optional<Beat> read(String content) {
    if (!content.startsWith("{")) {
      return Optional.empty();
    }
    try (var json = JSON.createParser(content)) {
      return new BeatReader(json).read();
    } catch (IOException | IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  static String nameOf(Beat.Kind kind) {
    return switch (kind) {
      case HELLO -> "hello";
      case HEARTBEAT -> "heartbeat";
      case GOODBYE -> "goodbye";
    };
  }
}
