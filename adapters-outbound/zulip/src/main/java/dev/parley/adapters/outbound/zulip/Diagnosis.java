package dev.parley.adapters.outbound.zulip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.adapters.outbound.support.JsonAnswer;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code doctor} says about a bot and its channel: looks around, and posts nothing. */
final class Diagnosis {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final int OLDEST_FEATURE_LEVEL = 53;
  private static final int LIMITED_PLAN = 2;
  private static final int FEW_REQUESTS = 200;

  private final ZulipSettings settings;
  private final Faults faults;
  private final List<Finding> findings = new ArrayList<>();

  Diagnosis(ZulipSettings settings) {
    this.settings = settings;
    this.faults = new Faults(settings, new Health());
  }

  /** Makes the checks, in an order in which a later one needs the earlier ones. */
  List<Finding> findings() {
    try (var api = new ZulipApi(settings)) {
      checkServer(api);
      checkEncryption();
      var me = checkAccount(api);
      checkOrganization(api);
      var subscription = new Registering(api, settings, faults).subscription(deadline());
      findings.add(Finding.ok("channel", "it is subscribed to '%s'".formatted(settings.stream())));
      checkPermissionToPost(api, subscription, me);
      checkRetention(subscription);
    } catch (NoAnswer none) {
      problem(faults.of(none));
    } catch (Refusal refusal) {
      problem(faults.of(refusal));
    } catch (BackendException fault) {
      problem(fault);
    }
    return List.copyOf(findings);
  }

  private Deadline deadline() {
    return Deadline.in(settings.timeout());
  }

  private void problem(BackendException fault) {
    findings.add(
        Finding.problem(
            findings.isEmpty() ? "connects" : "access",
            String.valueOf(fault.getMessage()),
            "put that right and run `parley doctor` again"));
  }

  private void checkServer(ZulipApi api) throws NoAnswer, Refusal {
    var server = api.get("/server_settings", Map.of(), settings.timeout()).body();
    var version = server.path("zulip_version").asText();
    findings.add(Finding.ok("connects", "Zulip %s at %s".formatted(version, settings.site())));
    if (server.path("zulip_feature_level").asInt() < OLDEST_FEATURE_LEVEL) {
      findings.add(
          Finding.warning(
              "version",
              "the server runs Zulip %s, and Parley was written for Zulip 4 and later"
                  .formatted(version),
              "update the server"));
    }
  }

  private void checkEncryption() {
    if (settings.site().getScheme().equals("http")) {
      findings.add(
          LOOPBACK.contains(settings.site().getHost())
              ? Finding.ok("encryption", "none, on this machine alone")
              : Finding.warning(
                  "encryption",
                  "the API key and all messages cross the network in the clear",
                  "set site_url to the https:// address"));
    }
  }

  private JsonNode checkAccount(ZulipApi api) throws NoAnswer, Refusal {
    var answer = api.get("/users/me", Map.of(), settings.timeout());
    var me = answer.body();
    findings.add(
        me.path("is_bot").asBoolean()
            ? Finding.ok("account", "the bot '%s'".formatted(me.path("full_name").asText()))
            : Finding.warning(
                "account",
                "%s is a person's account: what that person writes as **name:** would be taken for an agent's word"
                    .formatted(settings.email()),
                "make a bot of the type 'Generic bot', and set its email and api_key"));
    checkRate(answer);
    return me;
  }

  private void checkRate(JsonAnswer answer) {
    answer
        .headers()
        .firstValueAsLong("X-RateLimit-Limit")
        .ifPresent(limit -> {
          var found =
              "%,d requests in a while, for all sessions of this account together".formatted(limit);
          findings.add(
              limit >= FEW_REQUESTS
                  ? Finding.ok("rate limit", found)
                  : Finding.warning(
                      "rate limit",
                      found,
                      "raise the limits of the server, or use a bot per agent"));
        });
  }

  private void checkOrganization(ZulipApi api) throws NoAnswer, Refusal {
    var realm =
        api.post(
                "/register",
                Map.of("event_types", "[\"heartbeat\"]", "fetch_event_types", "[\"realm\"]"),
                settings.timeout())
            .body();
    var _ =
        api.delete(
            "/events", Map.of("queue_id", realm.path("queue_id").asText()), settings.timeout());
    findings.add(
        Finding.ok(
            "content",
            "at most %,d characters, the agent's name and markup included"
                .formatted(realm.path("max_message_length").asInt(10_000))));
    if (realm.path("realm_inline_url_embed_preview").asBoolean()) {
      findings.add(
          Finding.warning(
              "link previews",
              "the organization shows previews of linked websites, and a bot cannot post without"
                  + " them",
              "turn off 'Show previews of linked websites' in the organization's settings"));
    }
    if (realm.path("realm_plan_type").asInt() == LIMITED_PLAN) {
      findings.add(
          Finding.warning(
              "history",
              "on the free plan of Zulip Cloud only the latest 10,000 messages of the organization"
                  + " can be read",
              "expect older ones to be reported as a gap, or change the plan"));
    }
    checkDefaultRetention(realm.path("realm_message_retention_days").asInt(-1));
  }

  private void checkDefaultRetention(int days) {
    if (days > 0) {
      findings.add(
          Finding.ok("retention", "the organization keeps messages for %d days".formatted(days)));
    }
  }

  private void checkRetention(JsonNode subscription) {
    var days = subscription.path("message_retention_days").asInt(0);
    if (days > 0) {
      findings.add(
          Finding.ok("retention", "the channel keeps messages for %d days".formatted(days)));
    }
  }

  private void checkPermissionToPost(ZulipApi api, JsonNode subscription, JsonNode me)
      throws NoAnswer, Refusal {
    var group = subscription.path("can_send_message_group");
    if (!group.isInt() || isMember(api, group.asInt(), me.path("user_id").asLong())) {
      findings.add(
          group.isInt()
              ? Finding.ok("posting", "the account may post")
              : Finding.ok("posting", "who may post is not for a bot to see here"));
    } else {
      findings.add(
          Finding.problem(
              "posting",
              String.valueOf(faults.mayNotPost(null).getMessage()),
              "allow it there; if only the bot's owner may post, Zulip may let the bot post as"
                  + " well"));
    }
  }

  private boolean isMember(ZulipApi api, int group, long user) throws NoAnswer, Refusal {
    return api.get(
            "/user_groups/%d/members/%d".formatted(group, user), Map.of(), settings.timeout())
        .body()
        .path("is_user_group_member")
        .asBoolean();
  }
}
