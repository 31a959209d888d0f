"""A person at a client made of slixmpp: does what it is told by lines of JSON, and prints what it sees as such."""

import asyncio
import json
import re
import sys
import threading

import slixmpp

REFERENCE = "{urn:xmpp:reference:0}reference"


class Person(slixmpp.ClientXMPP):
    def __init__(self, jid, password, room):
        super().__init__(jid, password)
        self.room = room
        self.nick = None
        self.last = None
        for plugin in ("xep_0045", "xep_0308", "xep_0359", "xep_0461"):
            self.register_plugin(plugin)
        self.add_event_handler("session_start", lambda _: self.tell("online"))
        self.add_event_handler("failed_auth", lambda _: self.tell("refused"))
        self.add_event_handler("presence_error", lambda p: self.tell("refused", condition=p["error"]["condition"]))
        self.add_event_handler("groupchat_message", self.seen)
        self.add_event_handler("groupchat_message_error", lambda m: self.tell("error", condition=m["error"]["condition"]))

    def tell(self, event, **more):
        print(json.dumps({"event": event, **more}), flush=True)

    def seen(self, message):
        """What a client shows, and whether it rings: for a reference to the account, or the nick as a word."""
        body = message["body"]
        referred = [r.get("uri") for r in message.xml.iter(REFERENCE) if r.get("type") == "mention"]
        word = re.search(r"\b%s\b" % re.escape(self.nick), body) if self.nick else None
        mine = message["mucnick"] == self.nick
        self.tell(
            "message",
            nick=message["mucnick"],
            body=body,
            id=message["stanza_id"]["id"],
            rings=not mine and ("xmpp:" + self.boundjid.bare in referred or word is not None),
            referred="xmpp:" + self.boundjid.bare in referred,
        )

    def groupchat(self, body):
        message = self.make_message(mto=self.room, mbody=body, mtype="groupchat")
        message["id"] = self.new_id()
        return message

    async def obey(self, order):
        match order["do"]:
            case "join":
                await self["xep_0045"].join_muc_wait(slixmpp.JID(self.room), order["nick"], maxstanzas=20, timeout=20)
                self.nick = order["nick"]
                self.tell("joined", nick=self.nick)
            case "say":
                message = self.groupchat(order["text"])
                if "forge" in order:
                    message.xml.append(slixmpp.xmlstream.ET.fromstring(order["forge"]))
                self.last = message["id"]
                message.send()
            case "reply":
                quote = "> %s\n" % order["quoted"]
                message = self.groupchat(quote + order["text"])
                message["reply"]["to"] = order["to"]
                message["reply"]["id"] = order["id"]
                fallback = slixmpp.xmlstream.ET.SubElement(message.xml, "{urn:xmpp:fallback:0}fallback", {"for": "urn:xmpp:reply:0"})
                slixmpp.xmlstream.ET.SubElement(fallback, "{urn:xmpp:fallback:0}body", {"start": "0", "end": str(len(quote))})
                message.send()
            case "correct":
                message = self.groupchat(order["text"])
                message["replace"]["id"] = self.last
                message.send()


def orders(person, loop):
    for line in sys.stdin:
        obeyed = asyncio.run_coroutine_threadsafe(person.obey(json.loads(line)), loop)
        obeyed.add_done_callback(lambda done: done.exception() and person.tell("failed", why=repr(done.exception())))
    loop.call_soon_threadsafe(person.disconnect)


def main():
    jid, password, room, port = sys.argv[1:]
    person = Person(jid, password, room)
    person.use_ipv6 = False
    person.connect(("127.0.0.1", int(port)), disable_starttls=True)
    threading.Thread(target=orders, args=(person, person.loop), daemon=True).start()
    person.process(forever=False)


main()
