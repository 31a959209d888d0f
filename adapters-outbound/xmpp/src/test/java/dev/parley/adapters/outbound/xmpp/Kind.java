package dev.parley.adapters.outbound.xmpp;

/** The servers, for tests of what each does in its own way. */
enum Kind {
  PROSODY_012,
  PROSODY_13,
  EJABBERD;

  XmppServer server() {
    return switch (this) {
      case PROSODY_012 -> ProsodyServer.old();
      case PROSODY_13 -> ProsodyServer.current();
      case EJABBERD -> new EjabberdServer();
    };
  }
}
