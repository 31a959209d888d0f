package dev.parley.adapters.inbound.mcp;

import org.jspecify.annotations.Nullable;

/**
 * What a tool answers.
 *
 * @param text the structured result as JSON, or the sentence of an error
 * @param error whether the call was refused or failed
 * @param handedOver to be run once the answer was written to the caller, unless it was cancelled;
 *     null for nothing
 */
public record Answer(String text, boolean error, @Nullable Runnable handedOver) {

  /** A result that needs nothing more. */
  static Answer of(String json) {
    return new Answer(json, false, null);
  }

  /** A result with something to do once it arrived. */
  static Answer of(String json, Runnable handedOver) {
    return new Answer(json, false, handedOver);
  }

  /** A failure, in one sentence for the caller. */
  static Answer failed(String sentence) {
    return new Answer(sentence, true, null);
  }
}
