package dev.parley.adapters.inbound.mcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One tool of the catalogue.
 *
 * @param name what a client calls
 * @param title what a person reads
 * @param description what a model reads
 * @param inputSchema the arguments, JSON Schema 2020-12
 * @param outputSchema the structured result, JSON Schema 2020-12
 * @param hints how the tool behaves
 * @param abandonable whether a cancelled call may be cut short; a post is not, so that its outcome
 *     is known
 * @param needs the capabilities that a client has to have declared, as MCP names them
 * @param handler what it does
 */
public record Tool(
    String name,
    String title,
    String description,
    Map<String, Object> inputSchema,
    Map<String, Object> outputSchema,
    Hints hints,
    boolean abandonable,
    Set<String> needs,
    Handler handler) {

  /** A tool that any client can call. */
  public Tool(
      String name,
      String title,
      String description,
      Map<String, Object> inputSchema,
      Map<String, Object> outputSchema,
      Hints hints,
      boolean abandonable,
      Handler handler) {
    this(
        name, title, description, inputSchema, outputSchema, hints, abandonable, Set.of(), handler);
  }

  /** The tool as MCP's {@code tools/list} gives it. */
  public Map<String, Object> described() {
    var annotations = new LinkedHashMap<String, Object>();
    annotations.put("title", title);
    annotations.put("readOnlyHint", hints.readOnly());
    annotations.put("destructiveHint", false);
    annotations.put("idempotentHint", hints.idempotent());
    annotations.put("openWorldHint", true);
    var described = new LinkedHashMap<String, Object>();
    described.put("name", name);
    described.put("title", title);
    described.put("description", description);
    described.put("inputSchema", inputSchema);
    described.put("outputSchema", outputSchema);
    described.put("annotations", annotations);
    return described;
  }

  /** The names of the arguments, in the order of the schema. */
  Set<?> argumentNames() {
    return inputSchema.get("properties") instanceof Map<?, ?> properties
        ? properties.keySet()
        : Set.of();
  }

  /**
   * How a tool behaves, in the terms of MCP's tool annotations.
   *
   * @param readOnly it changes nothing that others see
   * @param idempotent calling it again with the same arguments changes nothing more
   */
  public record Hints(boolean readOnly, boolean idempotent) {}

  /** What a tool does; refuses arguments by throwing {@link ArgumentRefused}. */
  @FunctionalInterface
  public interface Handler {

    /** Answers one call; interrupted when the call is cancelled. */
    Answer call(Arguments arguments, Call call) throws InterruptedException;
  }
}
