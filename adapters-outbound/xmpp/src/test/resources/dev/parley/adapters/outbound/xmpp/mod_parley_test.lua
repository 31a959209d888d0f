-- What tests do to a server that no client can: trim an archive, count what is connected.
local st = require "util.stanza";
local archive = module:open_store("muc_log", "archive");

module:hook("iq/host", function (event)
	local stanza, origin = event.stanza, event.origin;
	local child = stanza.tags[1];
	if not child or child.attr.xmlns ~= "urn:parley:test" then return; end
	if child.name == "trim" then
		archive:delete(child.attr.room, { truncate = tonumber(child.attr.keep) });
		origin.send(st.reply(stanza));
	else
		local count = 0;
		for _ in pairs(prosody.full_sessions) do count = count + 1; end
		origin.send(st.reply(stanza):text_tag("sessions", tostring(count), { xmlns = "urn:parley:test" }));
	end
	return true;
end, 10);
