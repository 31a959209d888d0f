package dev.parley.adapters.outbound.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What {@code doctor} says about an app and its channels: asks Slack, and changes nothing. */
final class Diagnosis {

  private static final int MORE_THAN_LIMITED = 20;
  private static final int LIMITED = 15;

  /** What each scope is for; without one of several the next is enough. */
  private static final Map<String, List<String>> NEEDED = needed();

  private static Map<String, List<String>> needed() {
    var needed = new LinkedHashMap<String, List<String>>();
    needed.put("post", List.of("chat:write"));
    needed.put("read the channels", List.of("channels:history", "groups:history"));
    needed.put("look up the channels", List.of("channels:read", "groups:read"));
    needed.put("know people by name", List.of("users:read"));
    return needed;
  }

  private final SlackSettings settings;
  private final Connection connection;
  private final List<Finding> findings = new ArrayList<>();

  Diagnosis(SlackSettings settings) {
    this.settings = settings;
    this.connection = new Connection(settings);
  }

  List<Finding> findings() {
    try (connection) {
      if (checkBot()) {
        checkSocketMode();
        new TreeMap<>(settings.channels()).forEach(this::checkChannel);
        settings.channels().values().stream().findFirst().ifPresent(this::checkRate);
      }
    }
    return List.copyOf(findings);
  }

  private Deadline deadline() {
    return Deadline.in(settings.timeout());
  }

  private boolean checkBot() {
    try {
      var bot = connection.account().bot(deadline());
      findings.add(
          Finding.ok(
              "bot_token",
              "workspace %s, bot %s (%s)".formatted(bot.teamName(), bot.name(), bot.id())));
      if (!bot.scopes().isEmpty()) {
        checkScopes(bot.scopes());
      }
      return true;
    } catch (BackendException fault) {
      problem("bot_token", fault);
      return false;
    }
  }

  private void checkScopes(Set<String> scopes) {
    NEEDED.forEach((purpose, enough) -> {
      if (enough.stream().noneMatch(scopes::contains)) {
        findings.add(
            Finding.problem(
                "scopes",
                "the app may not %s".formatted(purpose),
                "add %s under 'OAuth & Permissions' and install the app again"
                    .formatted(String.join(" or ", enough))));
      }
    });
    findings.add(
        scopes.contains(Account.CUSTOMIZE)
            ? Finding.ok("names", "agents post under their own names")
            : Finding.warning(
                "names",
                "agents post under the app's name, with their own in front of the text",
                "add %s under 'OAuth & Permissions' and install the app again"
                    .formatted(Account.CUSTOMIZE)));
  }

  private void checkSocketMode() {
    try {
      var _ = SocketMode.address(connection, deadline());
      findings.add(Finding.ok("Socket Mode", "new messages are told at once"));
    } catch (BackendException fault) {
      problem("Socket Mode", fault);
    }
  }

  private void checkChannel(String topic, String channel) {
    var check = "channel of '%s'".formatted(topic);
    try {
      var answer =
          connection.api().ask("conversations.info", Map.of("channel", channel), deadline());
      findings.add(membership(check, channel, answer.path("channel")));
    } catch (ApiError error) {
      problem(check, connection.faults().of(error, channel));
    } catch (BackendException fault) {
      problem(check, fault);
    }
  }

  private static Finding membership(String check, String channel, JsonNode found) {
    var name = "#%s (%s)".formatted(found.path("name").asText("unknown"), channel);
    if (found.path("is_archived").asBoolean()) {
      return Finding.problem(
          check,
          "%s is archived".formatted(name),
          "unarchive it in Slack, or map the topic to another channel");
    }
    return found.path("is_member").asBoolean()
        ? Finding.ok(check, name)
        : Finding.problem(
            check,
            "the app is not in %s".formatted(name),
            "type /invite @ and the app's name in that channel");
  }

  /** An app that is distributed outside of Slack's Marketplace gets 15 messages a minute. */
  private void checkRate(String channel) {
    try {
      var answer =
          connection
              .api()
              .ask(
                  "conversations.history",
                  Map.of("channel", channel, "limit", Integer.toString(MORE_THAN_LIMITED)),
                  deadline());
      var limited =
          answer.path("has_more").asBoolean() && answer.path("messages").size() <= LIMITED;
      findings.add(
          limited
              ? limitedRate()
              : Finding.ok(
                  "rate limits", "none of those seen that Slack sets for distributed apps"));
    } catch (ApiError error) {
      problem("history", connection.faults().of(error, channel));
    } catch (BackendException.RateLimited _) {
      findings.add(limitedRate());
    } catch (BackendException fault) {
      problem("history", fault);
    }
  }

  private static Finding limitedRate() {
    return Finding.warning(
        "rate limits",
        "Slack gives this app 15 messages of history at once, perhaps once a minute, as it does"
            + " with apps that are distributed outside of its Marketplace",
        "make an app of your own in your workspace, which may read 1,000 messages 50 times a"
            + " minute");
  }

  private void problem(String check, BackendException fault) {
    var said = String.valueOf(fault.getMessage());
    var colon = said.lastIndexOf(": ");
    findings.add(
        colon < 0
            ? Finding.problem(check, said, "see docs/backends/slack.md")
            : Finding.problem(check, said.substring(0, colon), said.substring(colon + 2)));
  }
}
