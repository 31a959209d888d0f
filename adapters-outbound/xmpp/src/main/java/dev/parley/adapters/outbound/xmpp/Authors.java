package dev.parley.adapters.outbound.xmpp;

import static dev.parley.adapters.outbound.xmpp.Namespaces.MUC_USER;
import static dev.parley.adapters.outbound.xmpp.Namespaces.OCCUPANT_ID;
import static dev.parley.adapters.outbound.xmpp.Namespaces.PARLEY;
import static dev.parley.adapters.outbound.xmpp.Namespaces.STANZA_IDS;

import dev.parley.domain.participant.Sender;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.BareJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/**
 * Whose word a message is. Only a server says who is behind a nick, so nothing that the sender can
 * write counts, except what a bridge's own account writes.
 */
final class Authors {

  private static final String NOBODY = "unknown";

  private final Set<String> bridges;

  Authors(XmppSettings settings) {
    this.bridges =
        settings.bridgeAccounts().stream()
            .map(Object::toString)
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The sender of a message.
   *
   * @param account the account behind the nick as the server gives it; null when it is not told
   */
  Sender of(@Nullable String nick, @Nullable String account, Xml message) {
    var name = nick == null || nick.isBlank() ? NOBODY : nick;
    if (account == null) {
      return new Sender(name, null, Sender.Kind.UNVERIFIED);
    }
    if (!bridges.contains(account)) {
      return new Sender(name, account, Sender.Kind.PERSON);
    }
    var said = message.child("sender", PARLEY);
    var handle = said.map(s -> s.attribute("handle")).filter(h -> !h.isBlank()).orElse(name);
    var kind = said.map(s -> s.attribute("kind")).orElse("agent");
    return new Sender(
        handle,
        account,
        kind.equals("agent")
            ? Sender.Kind.AGENT
            : kind.equals("person") ? Sender.Kind.PERSON : Sender.Kind.UNVERIFIED);
  }

  /** Whether an account is a bridge's. */
  boolean isBridge(@Nullable String account) {
    return account != null && bridges.contains(account);
  }

  /**
   * The account that the archive vouches for. The sender may have written the same element: what
   * the server adds is told by where it stands. Prosody puts it at the end, after the occupant id,
   * which it takes from everybody else; ejabberd takes all such elements out, and puts its own
   * first, before its ids.
   */
  static @Nullable String archived(RoomAddress room, Xml message) {
    var children = message.children();
    var vouchers =
        message.all("x", MUC_USER).stream().filter(x -> x.child("item").isPresent()).toList();
    if (vouchers.isEmpty()) {
      return null;
    }
    var last = vouchers.getLast();
    var place = children.lastIndexOf(last);
    var occupantId = message.child("occupant-id", OCCUPANT_ID).map(children::indexOf).orElse(-1);
    var byProsody = occupantId >= 0 && place == children.size() - 1 && occupantId < place;
    var byEjabberd =
        place == 0
            && vouchers.size() == 1
            && message.all("stanza-id", STANZA_IDS).stream()
                .anyMatch(id -> room.toString().equals(id.attribute("by")));
    return byProsody || byEjabberd ? account(last) : null;
  }

  /** The one account of all items of a {@code muc#user} element; null when there is none. */
  static @Nullable String account(Xml user) {
    var accounts =
        user.all("item", MUC_USER).stream()
            .map(item -> bare(item.attribute("jid")))
            .distinct()
            .toList();
    return accounts.size() == 1 && !accounts.getFirst().isEmpty() ? accounts.getFirst() : null;
  }

  private static String bare(@Nullable String jid) {
    if (jid == null) {
      return "";
    }
    try {
      BareJid bare = JidCreate.from(jid).asBareJid();
      return bare.toString();
    } catch (XmppStringprepException malformed) {
      return "";
    }
  }
}
