package dev.parley.adapters.outbound.slack;

import dev.parley.adapters.outbound.support.Deadline;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who the app is in its workspace, asked for once. */
final class Account {

  static final String CUSTOMIZE = "chat:write.customize";

  /**
   * The app's bot.
   *
   * @param team the id of the workspace
   * @param scopes of the token; empty when Slack does not name them
   */
  record Bot(
      String team, String teamName, String id, String user, String name, Set<String> scopes) {}

  private final WebApi api;
  private final Faults faults;
  private final SlackSettings settings;
  private volatile @Nullable Bot known;
  private volatile boolean nameless;

  Account(WebApi api, Faults faults, SlackSettings settings) {
    this.api = api;
    this.faults = faults;
    this.settings = settings;
  }

  Bot bot(Deadline deadline) {
    var bot = known;
    if (bot == null) {
      bot = ask(deadline);
      known = bot;
    }
    return bot;
  }

  /** Whether messages may bear another name than the bot's. */
  boolean mayTakeNames(Deadline deadline) {
    var scopes = bot(deadline).scopes();
    return !nameless && (scopes.isEmpty() || scopes.contains(CUSTOMIZE));
  }

  /** Slack refused another name. */
  void mayNotTakeNames() {
    nameless = true;
  }

  private Bot ask(Deadline deadline) {
    try {
      var answer = api.askWith(settings.botToken(), "auth.test", Map.of(), deadline);
      var body = answer.body();
      return new Bot(
          body.path("team_id").asText(),
          body.path("team").asText(),
          body.path("bot_id").asText(),
          body.path("user_id").asText(),
          body.path("user").asText(),
          answer.scopes());
    } catch (ApiError error) {
      throw faults.of(error, null);
    }
  }

  /** The name of the bot, when it is known; no I/O. */
  @Nullable String name() {
    var bot = known;
    return bot == null ? null : bot.name();
  }
}
