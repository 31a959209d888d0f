package dev.parley.adapters.outbound.xmpp;

/** The namespaces of the protocols that are spoken here, by the names of their specifications. */
final class Namespaces {

  static final String STANZA_ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas";
  static final String CLIENT = "jabber:client";
  static final String DATA_FORMS = "jabber:x:data";
  static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
  static final String MUC = "http://jabber.org/protocol/muc";
  static final String MUC_USER = "http://jabber.org/protocol/muc#user";
  static final String MUC_OWNER = "http://jabber.org/protocol/muc#owner";
  static final String MUC_CONFIG = "http://jabber.org/protocol/muc#roomconfig";
  static final String OUT_OF_BAND = "jabber:x:oob";
  static final String VERSION = "jabber:iq:version";
  static final String PING = "urn:xmpp:ping";
  static final String DELAY = "urn:xmpp:delay";
  static final String FORWARD = "urn:xmpp:forward:0";
  static final String RSM = "http://jabber.org/protocol/rsm";
  static final String CORRECTION = "urn:xmpp:message-correct:0";
  static final String MAM = "urn:xmpp:mam:2";
  static final String STANZA_IDS = "urn:xmpp:sid:0";
  static final String REFERENCES = "urn:xmpp:reference:0";
  static final String RETRACTION = "urn:xmpp:message-retract:1";
  static final String RETRACTION_0 = "urn:xmpp:message-retract:0";
  static final String MODERATION = "urn:xmpp:message-moderate:1";
  static final String MODERATION_0 = "urn:xmpp:message-moderate:0";
  static final String FASTENING = "urn:xmpp:fasten:0";
  static final String FALLBACK = "urn:xmpp:fallback:0";
  static final String REPLY = "urn:xmpp:reply:0";
  static final String FILE_SHARING = "urn:xmpp:sfs:0";
  static final String FILE_METADATA = "urn:xmpp:file:metadata:0";
  static final String URL_DATA = "http://jabber.org/protocol/url-data";
  static final String OMEMO = "urn:xmpp:omemo:2";
  static final String OMEMO_SIACS = "eu.siacs.conversations.axolotl";
  static final String OCCUPANT_ID = "urn:xmpp:occupant-id:0";

  /** Parley's own. */
  static final String PARLEY = "urn:parley:message:0";

  private Namespaces() {}
}
