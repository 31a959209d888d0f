package dev.parley.adapters.outbound.telegram;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.methods.updates.GetWebhookInfo;

/** What {@code doctor} says about a bot, its chats and its store. */
final class Diagnosis {

  private static final Duration LISTEN = Duration.ofSeconds(3);
  private static final String TRY_AGAIN = "put that right and run `parley doctor` again";

  private final TelegramSettings settings;
  private final Faults faults;
  private final List<Finding> findings = new ArrayList<>();

  Diagnosis(TelegramSettings settings) {
    this.settings = settings;
    this.faults = new Faults(settings, new Health());
  }

  /** Makes the checks, in an order in which a later one needs the earlier ones. */
  List<Finding> findings() {
    try (var api = new BotApi(settings);
        var store = new StoreFile(settings)) {
      var check = new ChatCheck(api, store, settings, faults);
      if (checkStore(store) && checkToken(check) && checkWebhook(api)) {
        checkPolling(api, store);
        settings.chats().forEach((topic, chat) -> checkChat(check, topic, chat));
      }
    }
    return List.copyOf(findings);
  }

  private boolean checkStore(StoreFile store) {
    try {
      var kept =
          store.read((connection, _) -> Sql.number(connection, "SELECT count(*) FROM rooms"));
      return ok("store", "%s keeps %d chats".formatted(settings.store(), kept));
    } catch (BackendException fault) {
      return problem("store", fault);
    }
  }

  private boolean checkToken(ChatCheck check) {
    try {
      return ok("token", "the bot is @%s".formatted(ChatCheck.username(check.me())));
    } catch (BackendException fault) {
      return problem("token", fault);
    }
  }

  private boolean checkWebhook(BotApi api) {
    try {
      return api.ask(new GetWebhookInfo()).path("url").asText().isEmpty()
          ? ok("webhook", "the bot has none")
          : problem("webhook", Faults.webhook());
    } catch (CallFailed failure) {
      return problem("webhook", faults.of(failure, 0));
    }
  }

  /** Looks whether anybody else polls: whoever does notices this as little as it can be. */
  private void checkPolling(BotApi api, StoreFile store) {
    try (var turn = PollingTurn.take(settings.store())) {
      var noted = store.read((connection, _) -> Polling.state(connection)).error();
      if (turn == null) {
        report(noted, "a session on this machine polls");
      } else {
        api.updates(null, LISTEN);
        report(noted, "nobody else polls for this bot");
      }
    } catch (CallFailed failure) {
      problem("polling", faults.of(failure, 0));
    } catch (BackendException fault) {
      problem("polling", fault);
    }
  }

  private void report(@Nullable BackendException noted, String fine) {
    if (noted == null) {
      ok("polling", fine);
    } else {
      problem("polling", noted);
    }
  }

  private void checkChat(ChatCheck check, String topic, long chat) {
    var what = "topic " + topic;
    try {
      ok(what, "the bot reads and posts in '%s'".formatted(check.check(chat)));
    } catch (BackendException fault) {
      problem(what, fault);
    }
  }

  private boolean ok(String check, String found) {
    findings.add(Finding.ok(check, found));
    return true;
  }

  private boolean problem(String check, BackendException fault) {
    findings.add(Finding.problem(check, String.valueOf(fault.getMessage()), TRY_AGAIN));
    return false;
  }
}
