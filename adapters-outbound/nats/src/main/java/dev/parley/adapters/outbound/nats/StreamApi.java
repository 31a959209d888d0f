package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.support.Deadline;
import io.nats.client.support.JsonValueUtils.MapBuilder;
import java.util.Optional;

/** The requests of the JetStream API that Parley makes, over one connection. */
final class StreamApi {

  private static final byte[] NOTHING = {};
  private static final String API = "$JS.API.";

  private final Session session;

  StreamApi(Session session) {
    this.session = session;
  }

  /** What an answer says. */
  static Json read(byte[] answer) throws ApiError {
    var read = Json.parse(answer);
    if (read.has("error")) {
      var error = read.child("error");
      throw new ApiError(
          (int) error.number("err_code", error.number("code", 0)),
          error.text("description", "no reason given"));
    }
    return read;
  }

  /** The account's use of JetStream and its limits. */
  Json accountInfo(Deadline deadline) throws Unanswered, ApiError {
    return call("INFO", NOTHING, deadline);
  }

  /** A stream as its leader knows it; empty when there is none. */
  Optional<StreamState> streamInfo(String stream, Deadline deadline) throws Unanswered, ApiError {
    try (var asked = sendStreamInfo(stream)) {
      return streamInfo(asked, deadline);
    }
  }

  /** Asks for a stream without waiting. */
  Session.Sent sendStreamInfo(String stream) throws Unanswered {
    return session.send(API + "STREAM.INFO." + stream, NOTHING, answers -> true);
  }

  /** The answer to {@link #sendStreamInfo}. */
  static Optional<StreamState> streamInfo(Session.Sent asked, Deadline deadline)
      throws Unanswered, ApiError {
    try {
      var answer = asked.await(deadline).getFirst();
      return Optional.of(stateOf(read(answer.getData())));
    } catch (ApiError error) {
      if (error.errorCode() == ApiError.STREAM_NOT_FOUND) {
        return Optional.empty();
      }
      throw error;
    }
  }

  /**
   * The stream that an answer describes.
   *
   * @throws ApiError that passes, when the stream is only being made
   */
  static StreamState stateOf(Json answer) throws ApiError {
    var stream = StreamState.of(answer);
    if (stream.isBeingMade()) {
      throw new ApiError(ApiError.STREAM_OFFLINE, "the stream is being made");
    }
    return stream;
  }

  StreamState createStream(String stream, MapBuilder config, Deadline deadline)
      throws Unanswered, ApiError {
    return stateOf(call("STREAM.CREATE." + stream, Json.bytes(config), deadline));
  }

  StreamState updateStream(String stream, MapBuilder config, Deadline deadline)
      throws Unanswered, ApiError {
    return stateOf(call("STREAM.UPDATE." + stream, Json.bytes(config), deadline));
  }

  /** Some of the streams of the account whose subjects match, from an offset on. */
  Json listStreams(String subject, int offset, Deadline deadline) throws Unanswered, ApiError {
    var request = Json.object().put("offset", offset).put("subject", subject);
    return call("STREAM.LIST", Json.bytes(request), deadline);
  }

  /** Makes a consumer under a name of its own that lives as long as somebody uses it. */
  Json createConsumer(String stream, String name, MapBuilder config, Deadline deadline)
      throws Unanswered, ApiError {
    var request = Json.object().put("stream_name", stream).put("config", config.put("name", name));
    return call("CONSUMER.CREATE." + stream + "." + name, Json.bytes(request), deadline);
  }

  /** Removes a consumer, without waiting. */
  void deleteConsumer(String stream, String name) {
    session.tell(API + "CONSUMER.DELETE." + stream + "." + name);
  }

  static String directGet(String stream) {
    return API + "DIRECT.GET." + stream;
  }

  static String pull(String stream, String consumer) {
    return API + "CONSUMER.MSG.NEXT." + stream + "." + consumer;
  }

  /** One request of the API and its answer. */
  Json call(String operation, byte[] body, Deadline deadline) throws Unanswered, ApiError {
    return read(session.request(API + operation, body, deadline).getData());
  }
}
