package dev.parley.adapters.outbound.discord;

import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.RawGatewayEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.events.session.SessionDisconnectEvent;
import net.dv8tion.jda.api.events.session.SessionInvalidateEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.events.session.SessionResumeEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.utils.data.DataObject;
import net.dv8tion.jda.internal.JDAImpl;

/** What JDA reports of the gateway of one session, in order. */
final class GatewayEvents implements EventListener {

  /** How the gateway of a session fares. */
  enum State {
    CONNECTING,
    LIVE,
    /** Cut off; it is being resumed. */
    LOST,
    /** Discord has forgotten it: what happened since is not replayed. */
    INVALID,
    /** JDA has given it up. */
    ENDED
  }

  /** Who wants to know. */
  interface Listener {
    /** A message was posted. */
    void posted(DataObject message);

    /** The state of a session's gateway has changed. */
    void changed(GatewayEvents session);
  }

  private final Listener listener;
  private volatile State state = State.CONNECTING;
  private volatile int closeCode;

  GatewayEvents(Listener listener) {
    this.listener = listener;
  }

  State state() {
    return state;
  }

  /** Why it ended: a close code of the gateway. */
  int closeCode() {
    return closeCode;
  }

  @Override
  public void onEvent(GenericEvent event) {
    switch (event) {
      case RawGatewayEvent raw -> received(raw);
      case ReadyEvent _ -> become(State.LIVE);
      case SessionRecreateEvent _ -> become(State.LIVE);
      case SessionResumeEvent _ -> become(State.LIVE);
      case SessionInvalidateEvent _ -> become(State.INVALID);
      case SessionDisconnectEvent _ -> lost();
      case ShutdownEvent shutdown -> {
        closeCode = shutdown.getCode();
        become(State.ENDED);
      }
      default -> {}
    }
  }

  private void received(RawGatewayEvent raw) {
    switch (raw.getType()) {
      case "READY" -> {
        handOverUnread(raw);
        // From here on messages come, while JDA still looks at the servers of the bot.
        become(State.LIVE);
      }
      case "MESSAGE_CREATE" -> listener.posted(raw.getPayload());
      default -> {}
    }
  }

  // Of a message that JDA cannot read it would tell nobody; without its readers it tells of all.
  private static void handOverUnread(RawGatewayEvent ready) {
    var client = ((JDAImpl) ready.getJDA()).getClient();
    client.getHandlers().keySet().removeIf(type -> type.startsWith("MESSAGE_"));
  }

  // JDA reports the end of an invalidated session as a disconnection, too.
  private void lost() {
    if (state != State.INVALID) {
      become(State.LOST);
    }
  }

  private void become(State next) {
    state = next;
    listener.changed(this);
  }
}
