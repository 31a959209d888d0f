package dev.parley.adapters.outbound.telegram;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.methods.botapimethods.BotApiMethod;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;

/**
 * The call {@code getUpdates} with its answer left as JSON: the library's own reads the whole
 * answer or nothing, so that one update of a kind it does not know would hold up all others for
 * ever.
 */
final class UpdatesCall extends BotApiMethod<ArrayList<ObjectNode>> {

  /** What Telegram is asked for: anything else it does not keep for the bot. */
  private static final List<String> KINDS =
      List.of("message", "edited_message", "channel_post", "edited_channel_post");

  /** The most updates in one answer. */
  static final int MOST = 100;

  private final @Nullable Long offset;
  private final int seconds;

  UpdatesCall(@Nullable Long offset, int seconds) {
    this.offset = offset;
    this.seconds = seconds;
  }

  @JsonProperty("offset")
  @Nullable Long offset() {
    return offset;
  }

  @JsonProperty("timeout")
  int timeout() {
    return seconds;
  }

  @JsonProperty("limit")
  int limit() {
    return MOST;
  }

  @JsonProperty("allowed_updates")
  List<String> allowedUpdates() {
    return KINDS;
  }

  @Override
  public String getMethod() {
    return "getUpdates";
  }

  // The library wants results that can be serialized, which List does not promise.
  @Override
  @SuppressWarnings("NonApiType")
  public ArrayList<ObjectNode> deserializeResponse(String answer)
      throws TelegramApiRequestException {
    return deserializeResponseArray(answer, ObjectNode.class);
  }
}
