package dev.parley.adapters.outbound.discord;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.requests.Method;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataObject;

/** What {@code doctor} says about a bot: logs it in, looks around, and changes nothing. */
final class Diagnosis {

  private static final Route GUILD = Route.custom(Method.GET, "guilds/{guild_id}");
  private static final Route MEMBER =
      Route.custom(Method.GET, "guilds/{guild_id}/members/{user_id}");

  private final DiscordSettings settings;
  private final Faults faults;
  private final Link link;
  private final Rest rest;
  private final Channels channels;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<Long, Guild> guilds = new HashMap<>();

  private record Guild(DataObject described, DataObject member) {}

  Diagnosis(DiscordSettings settings) {
    this.settings = settings;
    var health = new Health();
    this.faults = new Faults(settings, health);
    var limits = new Limits(new ServerClock(settings.settling()));
    this.link = new Link(new Login(settings, faults, limits), faults, health, new NobodyListens());
    this.rest = new Rest(settings, link, limits, faults);
    this.channels = new Channels(settings, rest, faults);
  }

  /** Makes the checks, in an order in which a later one needs the earlier ones. */
  List<Finding> findings() {
    try (link) {
      link.start();
      var session = link.session(deadline());
      findings.add(
          Finding.ok("token", "the bot is %s at %s".formatted(session.name(), settings.host())));
      findings.add(
          Finding.ok("intents", "the Message Content Intent is on; members are not asked for"));
      checkGateway();
      settings.channels().keySet().stream()
          .sorted(Comparator.comparing(TopicName::value))
          .forEach(topic -> check(topic, session));
      findings.add(
          Finding.ok(
              "sessions",
              "any number of processes may share the token; each connects to the gateway, which"
                  + " Discord allows 1,000 times a day"));
    } catch (BackendException fault) {
      problem("connects", fault);
    }
    return List.copyOf(findings);
  }

  private Deadline deadline() {
    return Deadline.in(settings.timeout());
  }

  private void checkGateway() {
    if (link.awaitLive(deadline())) {
      findings.add(Finding.ok("gateway", "messages are pushed"));
    } else {
      problem("gateway", faults.gatewayUnreached());
    }
  }

  private void check(TopicName topic, Session session) {
    var check = "topic " + topic.value();
    try {
      var described = channels.describe(topic, deadline());
      var channel = channels.of(topic, deadline());
      var guild = guilds.computeIfAbsent(channel.guild(), id -> ask(id, topic, session));
      var may = Permissions.of(guild.described(), guild.member(), described);
      var before = findings.size();
      require(may, Permissions.VIEW_CHANNEL, check, "View Channel");
      require(may, Permissions.SEND_MESSAGES, check, "Send Messages");
      require(may, Permissions.READ_HISTORY, check, "Read Message History");
      if (findings.size() == before) {
        findings.add(Finding.ok(check, "#" + described.getString("name", "?") + attribution(may)));
      }
    } catch (BackendException fault) {
      problem(check, fault);
    } catch (ParsingException unreadable) {
      problem(check, faults.notDiscord(unreadable));
    }
  }

  // Works without: a note, and no failure.
  private static String attribution(long may) {
    return (may & Permissions.MANAGE_WEBHOOKS) != 0
        ? ": agents speak under their own names"
        : ": agents speak as the bot, with their names in the text; with Manage Webhooks they"
            + " would speak under their own names";
  }

  private void require(long may, long permission, String check, String name) {
    if ((may & permission) == 0) {
      findings.add(
          Finding.problem(
              check,
              "the bot has no permission %s in its channel".formatted(name),
              "grant it %s to the bot's role, in the channel's settings".formatted(name)));
    }
  }

  private Guild ask(long guild, TopicName topic, Session session) {
    var id = Long.toUnsignedString(guild);
    return new Guild(
        described(GUILD.compile(id), topic),
        described(MEMBER.compile(id, Long.toUnsignedString(session.self())), topic));
  }

  private DataObject described(Route.CompiledRoute route, TopicName topic) {
    var answer = rest.get(deadline(), route);
    if (!answer.isOk()) {
      throw faults.refused(answer, topic.value(), settings.channelOf(topic));
    }
    return answer.object();
  }

  private void problem(String check, BackendException fault) {
    findings.add(
        Finding.problem(
            check,
            String.valueOf(fault.getMessage()),
            "put that right and run `parley doctor` again"));
  }

  private record NobodyListens() implements Link.Listener {
    @Override
    public void posted(DataObject message) {}

    @Override
    public void up() {}

    @Override
    public void down(BackendException why) {}
  }
}
