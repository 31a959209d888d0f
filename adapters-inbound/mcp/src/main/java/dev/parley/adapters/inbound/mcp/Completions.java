package dev.parley.adapters.inbound.mcp;

import dev.parley.domain.presence.RosterEntry;
import dev.parley.ports.inbound.ListUsers;
import dev.parley.ports.inbound.ShowTopics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** {@code completion/complete}: what an argument's value may be, for what was typed of it. */
final class Completions {

  private static final int MOST = 100;
  private static final int MOST_HANDLES = 1_000;

  /** Somebody is typing: who is not known by then is not suggested. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Prompts prompts;
  private final ShowTopics show;
  private final ListUsers users;

  Completions(Prompts prompts, ShowTopics show, ListUsers users) {
    this.prompts = prompts;
    this.show = show;
    this.users = users;
  }

  Map<String, Object> complete(Params params) throws InterruptedException {
    var argument = params.object("argument");
    var name = argument.text("name");
    var typed = argument.text("value");
    var found = matching(typed, candidates(completionOf(params.object("ref"), name)));
    var completion = new LinkedHashMap<String, Object>();
    completion.put("values", found.subList(0, Math.min(MOST, found.size())));
    completion.put("total", found.size());
    completion.put("hasMore", found.size() > MOST);
    return Map.of("completion", completion);
  }

  private Prompt.Completion completionOf(Params reference, String argument) {
    return switch (reference.text("type")) {
      case "ref/prompt" -> ofPrompt(prompts.named(reference.text("name")), argument);
      case "ref/resource" -> ofResource(reference.text("uri"), argument);
      default ->
          throw new ParamsRefused(
              "ref.type has to be 'ref/prompt' or 'ref/resource'; found '%s'"
                  .formatted(Found.shorten(reference.text("type"))));
    };
  }

  private static Prompt.Completion ofPrompt(Prompt prompt, String name) {
    return prompt.arguments().stream()
        .filter(argument -> argument.name().equals(name))
        .map(Prompt.Argument::completion)
        .findFirst()
        .orElseThrow(() ->
            new ParamsRefused(
                "prompt '%s' has no argument '%s'; it takes: %s"
                    .formatted(
                        prompt.name(),
                        Found.shorten(name),
                        String.join(", ", prompt.argumentNames()))));
  }

  private static Prompt.Completion ofResource(String uri, String name) {
    if (!uri.equals(TopicUri.TEMPLATE)) {
      throw new ParamsRefused(
          "'%s' is no resource template; the template is %s"
              .formatted(Found.shorten(uri), TopicUri.TEMPLATE));
    }
    if (!name.equals("topic")) {
      throw new ParamsRefused(
          "%s has no variable '%s'; it has: topic"
              .formatted(TopicUri.TEMPLATE, Found.shorten(name)));
    }
    return Prompt.Completion.TOPIC;
  }

  private List<String> candidates(Prompt.Completion completion) throws InterruptedException {
    return switch (completion) {
      case TOPIC -> show.topics().subscribed().stream().map(Object::toString).toList();
      case HANDLE -> handles();
      case ANYTHING -> List.of();
    };
  }

  private List<String> handles() throws InterruptedException {
    var everybody = new ListUsers.Query(null, null, false, null, MOST_HANDLES, PATIENCE);
    return users.users(everybody).entries().stream().map(RosterEntry::handle).toList();
  }

  /** Those that begin with what was typed, then those that hold it, whatever the case. */
  private static List<String> matching(String typed, List<String> candidates) {
    var wanted = typed.toLowerCase(Locale.ROOT);
    var found = new LinkedHashSet<String>();
    addMatching(candidates, text -> text.startsWith(wanted), found);
    addMatching(candidates, text -> text.contains(wanted), found);
    return List.copyOf(found);
  }

  private static void addMatching(
      List<String> candidates, Predicate<String> matches, Set<String> found) {
    candidates.stream()
        .filter(candidate -> matches.test(candidate.toLowerCase(Locale.ROOT)))
        .forEach(found::add);
  }
}
