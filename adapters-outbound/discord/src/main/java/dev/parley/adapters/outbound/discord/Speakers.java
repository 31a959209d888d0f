package dev.parley.adapters.outbound.discord;

import dev.parley.adapters.outbound.support.SharedLayout;
import dev.parley.adapters.outbound.support.TextHeader;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import java.util.Set;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * Who speaks in a message. Agents speak through webhooks of this bot's application, under their
 * handle, or through the bot itself, with a header; of either a person's account can make none.
 * What other bots and webhooks say is nobody's whom we could vouch for.
 */
final class Speakers {

  /** Who speaks, and what. */
  record Spoken(Sender sender, String text) {}

  private final Set<Long> bridgeAccounts;
  private final People people;

  Speakers(Set<Long> bridgeAccounts, People people) {
    this.bridgeAccounts = bridgeAccounts;
    this.people = people;
  }

  Spoken read(DataObject message, Session session) {
    var author = message.getObject("author");
    var name = author.getString("username", "");
    var id = author.getUnsignedLong("id");
    var text = message.getString("content", "");
    var webhook = message.getUnsignedLong("webhook_id", 0);
    if (webhook != 0) {
      return new Spoken(ofWebhook(message, session, webhook, name), text);
    }
    if (id == session.self() || bridgeAccounts.contains(id)) {
      return TextHeader.read(text)
          .map(header ->
              new Spoken(
                  new Sender(header.handle().value(), null, header.kind()), header.content()))
          .orElseGet(() -> new Spoken(unverified(name, id), text));
    }
    if (author.getBoolean("bot", false) || author.getBoolean("system", false)) {
      return new Spoken(unverified(name, id), text);
    }
    people.meet(author);
    return new Spoken(person(name, id), text);
  }

  private Sender ofWebhook(DataObject message, Session session, long webhook, String name) {
    var application = message.getUnsignedLong("application_id", 0);
    // The answer to a command has the application itself for its webhook.
    var ours =
        webhook != application
            && (application == session.application()
                || bridgeAccounts.contains(application)
                || bridgeAccounts.contains(webhook));
    return ours && Handle.isHandle(name)
        ? new Sender(name, null, Sender.Kind.AGENT)
        : unverified(name, webhook);
  }

  private static Sender unverified(String name, long account) {
    return name.isBlank()
        ? SharedLayout.sender(null, null)
        : new Sender(name, Long.toUnsignedString(account), Sender.Kind.UNVERIFIED);
  }

  private static Sender person(String name, long account) {
    return name.isBlank()
        ? SharedLayout.sender(null, null)
        : new Sender(name, Long.toUnsignedString(account), Sender.Kind.PERSON);
  }
}
