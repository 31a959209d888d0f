package dev.parley.adapters.outbound.xmpp;

import dev.parley.conformance.server.TestServer;
import java.util.List;

/** An XMPP server on the loopback address, with a folder and accounts of its own. */
interface XmppServer extends TestServer {

  String DOMAIN = "parley.test";
  String ROOMS = "rooms.parley.test";
  String PASSWORD = "pw-f0r-tests";

  /** The account of the agents, those of people, and one of another bridge. */
  List<String> ACCOUNTS = List.of("parley", "grace", "mallory", "otherbridge");

  String product();

  String version();

  /** Removes all but the newest of a room's archive, as retention does. */
  void trim(String room, int kept);

  /** How many clients are connected. */
  long sessions();

  /** What a client needs to make and to end a room's life as other software would. */
  default RawClient client(String account) {
    return RawClient.connected(port(), account);
  }
}
