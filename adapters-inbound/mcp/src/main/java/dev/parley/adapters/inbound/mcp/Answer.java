package dev.parley.adapters.inbound.mcp;

/**
 * What a tool answers.
 *
 * @param text the structured result as JSON, or the sentence of an error
 * @param error whether the call was refused or failed
 * @param handedOver to be run once the answer was written to the caller, unless it was cancelled
 */
public record Answer(String text, boolean error, Runnable handedOver) {

  /** A result that needs nothing more. */
  static Answer of(String json) {
    return new Answer(json, false, () -> {});
  }

  /** A result with something to do once it arrived. */
  static Answer of(String json, Runnable handedOver) {
    return new Answer(json, false, handedOver);
  }

  /** A failure, in one sentence for the caller. */
  static Answer failed(String sentence) {
    return new Answer(sentence, true, () -> {});
  }
}
