package dev.parley.adapters.inbound.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One prompt that a user may choose.
 *
 * @param name what a client asks for
 * @param title what a person reads
 * @param description what it does
 * @param text what the model reads, for some arguments; refuses them by {@link ArgumentRefused}
 */
record Prompt(
    String name,
    String title,
    String description,
    List<Argument> arguments,
    Function<Arguments, String> text) {

  /**
   * One argument, a text.
   *
   * @param completion what its value may be
   */
  record Argument(String name, String description, boolean required, Completion completion) {}

  /** What the value of an argument may be. */
  enum Completion {
    TOPIC,
    HANDLE,
    ANYTHING
  }

  List<String> argumentNames() {
    return arguments.stream().map(Argument::name).toList();
  }

  /** As MCP's {@code Prompt}. */
  Map<String, Object> described() {
    var described = new LinkedHashMap<String, Object>();
    described.put("name", name);
    described.put("title", title);
    described.put("description", description);
    described.put("arguments", arguments.stream().map(Prompt::described).toList());
    return described;
  }

  private static Map<String, Object> described(Argument argument) {
    var described = new LinkedHashMap<String, Object>();
    described.put("name", argument.name());
    described.put("description", argument.description());
    described.put("required", argument.required());
    return described;
  }
}
