package dev.parley.adapters.outbound.discord;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that stores something. It knows whether it may have reached Discord: the
 * HTTP client asks for its bytes when the connection is there, and not before.
 */
final class PostBody extends RequestBody {

  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

  private enum State {
    UNSENT,
    SENT,
    /** Sent again without an answer to the first time. */
    SENT_AGAIN,
    WITHDRAWN
  }

  private final byte[] json;
  private final boolean repeatable;
  private State state = State.UNSENT;

  /**
   * A body.
   *
   * @param repeatable whether sending it twice stores it once
   */
  PostBody(String json, boolean repeatable) {
    this.json = json.getBytes(StandardCharsets.UTF_8);
    this.repeatable = repeatable;
  }

  @Override
  public @Nullable MediaType contentType() {
    return JSON;
  }

  @Override
  public long contentLength() {
    return json.length;
  }

  @Override
  public boolean isOneShot() {
    return !repeatable;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    begin();
    sink.write(json);
  }

  private synchronized void begin() throws IOException {
    if (state == State.WITHDRAWN) {
      throw new IOException("nobody waits for this request any more");
    }
    if (state != State.UNSENT && !repeatable) {
      throw new IOException("this request may have arrived and is not sent twice");
    }
    state = state == State.UNSENT ? State.SENT : State.SENT_AGAIN;
  }

  /** Discord answered that it did nothing but count the request. */
  synchronized void turnedAway() {
    if (state == State.SENT) {
      state = State.UNSENT;
    }
  }

  /** From now on it is not sent; false when it may have arrived. */
  synchronized boolean withdraw() {
    if (state == State.UNSENT) {
      state = State.WITHDRAWN;
    }
    return state == State.WITHDRAWN;
  }
}
