package dev.parley.adapters.outbound.xmpp;

import static dev.parley.adapters.outbound.xmpp.Namespaces.CLIENT;
import static dev.parley.adapters.outbound.xmpp.Namespaces.CORRECTION;
import static dev.parley.adapters.outbound.xmpp.Namespaces.FASTENING;
import static dev.parley.adapters.outbound.xmpp.Namespaces.MODERATION;
import static dev.parley.adapters.outbound.xmpp.Namespaces.MODERATION_0;
import static dev.parley.adapters.outbound.xmpp.Namespaces.OMEMO;
import static dev.parley.adapters.outbound.xmpp.Namespaces.OMEMO_SIACS;
import static dev.parley.adapters.outbound.xmpp.Namespaces.REPLY;
import static dev.parley.adapters.outbound.xmpp.Namespaces.RETRACTION;
import static dev.parley.adapters.outbound.xmpp.Namespaces.RETRACTION_0;
import static dev.parley.adapters.outbound.xmpp.Namespaces.STANZA_IDS;

import dev.parley.adapters.outbound.support.SharedLayout;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the stanzas of one room, from its archive and as they come, to the same effect. */
final class Reading {

  private static final String ENCRYPTED =
      "it is encrypted, which Parley cannot read; turn encryption off in this room";

  private final RoomAddress room;
  private final Place place;
  private final Authors authors;
  private final Handle self;

  Reading(RoomAddress room, Authors authors, Handle self) {
    this.room = room;
    this.place = new Place(room);
    this.authors = authors;
    this.self = self;
  }

  Place place() {
    return place;
  }

  /** Whose word a stanza is, who is asked for it knows. */
  Entry archived(Stored stored, boolean showsAccounts) {
    return read(stored, showsAccounts ? Authors.archived(room, stored.message()) : null);
  }

  /**
   * What a stanza amounts to.
   *
   * @param account the account behind the nick; null when it is not told
   */
  Entry read(Stored stored, @Nullable String account) {
    var message = stored.message();
    if ("error".equals(message.attribute("type"))) {
      return new Entry.Nothing();
    }
    var sender = authors.of(nick(message), account, message);
    var author = author(sender);
    var retraction = retraction(message, author);
    if (retraction.isPresent()) {
      return retraction.get();
    }
    if (isTombstone(message)) {
      return said(stored, sender, author, Changes.TOMBSTONE, Condition.DELETED);
    }
    if (isEncrypted(message)) {
      var text = SharedLayout.placeholder(ENCRYPTED);
      return said(stored, sender, author, text, Condition.UNREADABLE);
    }
    var content =
        authors.isBridge(account) ? Bodies.ofAgent(message) : Bodies.ofPerson(message, self);
    if (content.isBlank() || nick(message) == null) {
      return new Entry.Nothing();
    }
    var corrected = message.child("replace", CORRECTION).map(replace -> replace.attribute("id"));
    return corrected.isPresent()
        ? new Entry.Corrected(author, corrected.get(), content, stored.stamp())
        : said(stored, sender, author, content, Condition.ORIGINAL);
  }

  // A bridge's account speaks for many; a person may change the nick.
  private String author(Sender sender) {
    var account = sender.account();
    return account != null && !authors.isBridge(account)
        ? account
        : "%s\0%s".formatted(account == null ? "" : account, sender.handle());
  }

  private Entry said(
      Stored stored, Sender sender, String author, String content, Condition condition) {
    var stanza = stored.message();
    var id = stanza.attribute("id");
    var message =
        new Message(
            new MessageId(stored.id()),
            room.topic(),
            sender,
            content,
            place.after(stored.id()),
            stored.stamp(),
            SharedLayout.parent(
                stanza.child("reply", REPLY).map(reply -> reply.attribute("id")).orElse(null)),
            condition);
    return new Entry.Said(message, author, id == null ? "" : id);
  }

  /** The nick of who said it; null for the room itself. */
  static @Nullable String nick(Xml stanza) {
    var from = stanza.attribute("from");
    var slash = from == null ? -1 : from.indexOf('/');
    return from == null || slash < 0 ? null : from.substring(slash + 1);
  }

  /** The archive id that the room, and nobody else, gave a live message. */
  Optional<String> archiveId(Xml message) {
    var ids =
        message.all("stanza-id", STANZA_IDS).stream()
            .filter(id -> room.toString().equals(id.attribute("by")))
            .flatMap(id -> Optional.ofNullable(id.attribute("id")).stream())
            .filter(id -> !id.isBlank() && id.length() <= 512)
            .toList();
    return ids.size() == 1 ? Optional.of(ids.getFirst()) : Optional.empty();
  }

  private Optional<Entry> retraction(Xml message, String author) {
    var direct = message.child("retract", RETRACTION);
    if (direct.isPresent()) {
      var moderated = direct.get().child("moderated", MODERATION).isPresent();
      return retracted(message, author, direct.get().attribute("id"), moderated);
    }
    var fastened = message.child("apply-to", FASTENING);
    if (fastened.isEmpty()) {
      return Optional.empty();
    }
    var moderated = fastened.get().child("moderated", MODERATION_0);
    return moderated.isPresent() || fastened.get().child("retract", RETRACTION_0).isPresent()
        ? retracted(message, author, fastened.get().attribute("id"), moderated.isPresent())
        : Optional.empty();
  }

  // Only the room itself may speak for its moderators.
  private static Optional<Entry> retracted(
      Xml message, String author, @Nullable String target, boolean moderated) {
    if (target == null) {
      return Optional.of(new Entry.Nothing());
    }
    var byRoom = nick(message) == null;
    return Optional.of(
        byRoom == moderated
            ? new Entry.Retracted(moderated ? null : author, target)
            : new Entry.Nothing());
  }

  private static boolean isTombstone(Xml message) {
    return message.child("retracted", RETRACTION).isPresent()
        || message.child("retracted", RETRACTION_0).isPresent()
        || message.child("moderated", MODERATION_0).isPresent();
  }

  private static boolean isEncrypted(Xml message) {
    return message.child("encrypted", OMEMO).isPresent()
        || message.child("encrypted", OMEMO_SIACS).isPresent()
        || (message.child("encryption", "urn:xmpp:eme:0").isPresent()
            && message.child("body", CLIENT).isPresent());
  }
}
