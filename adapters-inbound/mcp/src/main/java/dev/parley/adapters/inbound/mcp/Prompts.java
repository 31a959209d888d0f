package dev.parley.adapters.inbound.mcp;

import dev.parley.ports.inbound.ShowTopics;
import java.util.List;
import java.util.Map;

/** The prompts: the conventions that a chat needs, for a user to choose. */
final class Prompts {

  private final CatchUpPrompt catchUp;
  private final HandOffPrompt handOff;

  Prompts(ShowTopics show) {
    this.catchUp = new CatchUpPrompt(show);
    this.handOff = new HandOffPrompt(show);
  }

  private List<Prompt> all() {
    return List.of(catchUp.describe(), handOff.describe());
  }

  /**
   * The prompt of this name.
   *
   * @throws ParamsRefused when there is none
   */
  Prompt named(String name) {
    var all = all();
    return all.stream()
        .filter(prompt -> prompt.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new ParamsRefused(
                "there is no prompt '%s'; the prompts are %s"
                    .formatted(
                        Found.shorten(name),
                        String.join(", ", all.stream().map(Prompt::name).toList()))));
  }

  /** {@code prompts/list}. */
  Map<String, Object> list(Params params) {
    return Pages.of("prompts", all().stream().map(Prompt::described).toList(), params);
  }

  /** {@code prompts/get}. */
  Map<String, Object> get(Params params) {
    var prompt = named(params.text("name"));
    var arguments = params.arguments("arguments");
    arguments.requireOnly("prompt", prompt.argumentNames());
    var content = Map.of("type", "text", "text", prompt.text().apply(arguments));
    return Map.of(
        "description",
        prompt.description(),
        "messages",
        List.of(Map.of("role", "user", "content", content)));
  }
}
