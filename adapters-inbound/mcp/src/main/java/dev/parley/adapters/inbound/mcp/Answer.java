package dev.parley.adapters.inbound.mcp;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a tool answers: the structured result as JSON, or the sentence of an error. */
public final class Answer {

  private final byte[] text;
  private final boolean error;
  private final @Nullable Runnable handedOver;
  private byte @Nullable [] content;

  private Answer(byte[] text, boolean error, @Nullable Runnable handedOver) {
    this.text = text;
    this.error = error;
    this.handedOver = handedOver;
  }

  /** A result that needs nothing more. */
  static Answer of(byte[] json) {
    return new Answer(json, false, null);
  }

  /** A result with something to do once it arrived. */
  static Answer of(byte[] json, Runnable handedOver) {
    return new Answer(json, false, handedOver);
  }

  /**
   * A result that is no structured one: <a
   * href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools#tool-result">content
   * blocks</a> of any kind, as a JSON array.
   */
  static Answer ofContent(byte[] blocks) {
    var answer = new Answer(new byte[0], false, null);
    answer.content = blocks;
    return answer;
  }

  /** A failure, in one sentence for the caller. */
  static Answer failed(String sentence) {
    return new Answer(sentence.getBytes(StandardCharsets.UTF_8), true, null);
  }

  /** The content blocks as a JSON array; null where they are the result as text. */
  byte @Nullable [] content() {
    return content;
  }

  /** The JSON of the result, or the sentence of an error, in UTF-8; not to be changed. */
  public byte[] utf8() {
    return text;
  }

  /** The same as text. */
  public String text() {
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Whether the call was refused or failed. */
  public boolean error() {
    return error;
  }

  /**
   * What is to be run once the answer was written to the caller, unless it was cancelled; null for
   * nothing.
   */
  public @Nullable Runnable handedOver() {
    return handedOver;
  }
}
