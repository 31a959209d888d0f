package dev.parley.adapters.outbound.nats;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The requests of the JetStream API that Parley makes, over one connection. */
final class StreamApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] NOTHING = {};
  private static final String API = "$JS.API.";

  private final Session session;

  StreamApi(Session session) {
    this.session = session;
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** What an answer says. */
  static JsonNode read(byte[] answer) throws ApiError {
    JsonNode read;
    try {
      read = JSON.readTree(answer);
    } catch (JacksonException unreadable) {
      throw new ApiError(0, "an answer that is no JSON");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    var error = read.path("error");
    if (error.isObject()) {
      throw new ApiError(
          error.path("err_code").asInt(error.path("code").asInt()),
          error.path("description").asText("no reason given"));
    }
    return read;
  }

  /** The account's use of JetStream and its limits. */
  JsonNode accountInfo(Deadline deadline) throws Unanswered, ApiError {
    return call("INFO", NOTHING, deadline);
  }

  /** A stream as its leader knows it; empty when there is none. */
  Optional<StreamInfo> streamInfo(String stream, Deadline deadline) throws Unanswered, ApiError {
    try (var asked = sendStreamInfo(stream)) {
      return streamInfo(asked, deadline);
    }
  }

  /** Asks for a stream without waiting. */
  Session.Sent sendStreamInfo(String stream) throws Unanswered {
    return session.send(API + "STREAM.INFO." + stream, NOTHING, answers -> true);
  }

  /** The answer to {@link #sendStreamInfo}. */
  static Optional<StreamInfo> streamInfo(Session.Sent asked, Deadline deadline)
      throws Unanswered, ApiError {
    try {
      var answer = asked.await(deadline).getFirst();
      return Optional.of(StreamInfo.of(read(answer.getData())));
    } catch (ApiError error) {
      if (error.errorCode() == ApiError.STREAM_NOT_FOUND) {
        return Optional.empty();
      }
      throw error;
    }
  }

  StreamInfo createStream(ObjectNode config, Deadline deadline) throws Unanswered, ApiError {
    var name = config.path("name").asText();
    return StreamInfo.of(call("STREAM.CREATE." + name, bytes(config), deadline));
  }

  StreamInfo updateStream(ObjectNode config, Deadline deadline) throws Unanswered, ApiError {
    var name = config.path("name").asText();
    return StreamInfo.of(call("STREAM.UPDATE." + name, bytes(config), deadline));
  }

  /** Some of the streams on the account whose subjects match, from an offset on. */
  JsonNode listStreams(String subject, int offset, Deadline deadline) throws Unanswered, ApiError {
    var request = object().put("offset", offset).put("subject", subject);
    return call("STREAM.LIST", bytes(request), deadline);
  }

  /** Makes a consumer under a name of its own that lives as long as somebody uses it. */
  JsonNode createConsumer(String stream, String name, ObjectNode config, Deadline deadline)
      throws Unanswered, ApiError {
    var request = object().put("stream_name", stream);
    request.set("config", config.put("name", name));
    return call("CONSUMER.CREATE.%s.%s".formatted(stream, name), bytes(request), deadline);
  }

  /** Removes a consumer, without waiting. */
  void deleteConsumer(String stream, String name) {
    session.tell(API + "CONSUMER.DELETE.%s.%s".formatted(stream, name));
  }

  static String directGet(String stream) {
    return API + "DIRECT.GET." + stream;
  }

  static String pull(String stream, String consumer) {
    return API + "CONSUMER.MSG.NEXT." + stream + "." + consumer;
  }

  /** One request of the API and its answer. */
  JsonNode call(String operation, byte[] body, Deadline deadline) throws Unanswered, ApiError {
    return read(session.request(API + operation, body, deadline).getData());
  }
}
