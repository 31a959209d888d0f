package dev.parley.adapters.outbound.discord;

import java.util.HashSet;
import java.util.Set;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * What the bot may do in a channel: Discord does not say so, but how it is reckoned from roles and
 * the channel's exceptions.
 */
final class Permissions {

  static final long ADMINISTRATOR = 1L << 3;
  static final long VIEW_CHANNEL = 1L << 10;
  static final long SEND_MESSAGES = 1L << 11;
  static final long READ_HISTORY = 1L << 16;
  static final long MANAGE_WEBHOOKS = 1L << 29;

  private static final int OF_ROLE = 0;

  private Permissions() {}

  /** The permissions of a member in a channel, as Discord's bits. */
  static long of(DataObject guild, DataObject member, DataObject channel) {
    var everyone = guild.getString("id");
    var user = member.getObject("user").getString("id");
    var roles = new HashSet<String>();
    member.getArray("roles").stream(DataArray::getString).forEach(roles::add);
    var granted =
        guild.getArray("roles").stream(DataArray::getObject)
            .filter(role ->
                role.getString("id").equals(everyone) || roles.contains(role.getString("id")))
            .mapToLong(role -> role.getUnsignedLong("permissions"))
            .reduce(0, (one, other) -> one | other);
    if ((granted & ADMINISTRATOR) != 0 || guild.getString("owner_id", "").equals(user)) {
      return -1;
    }
    var exceptions = channel.optArray("permission_overwrites").orElseGet(DataArray::empty);
    granted = with(granted, exceptions, Set.of(everyone), true);
    granted = with(granted, exceptions, roles, true);
    return with(granted, exceptions, Set.of(user), false);
  }

  private static long with(long granted, DataArray exceptions, Set<String> of, boolean ofRoles) {
    var denied = 0L;
    var allowed = 0L;
    for (var exception : exceptions.stream(DataArray::getObject).toList()) {
      if (of.contains(exception.getString("id"))
          && (exception.getInt("type", OF_ROLE) == OF_ROLE) == ofRoles) {
        denied |= exception.getUnsignedLong("deny", 0);
        allowed |= exception.getUnsignedLong("allow", 0);
      }
    }
    return (granted & ~denied) | allowed;
  }
}
