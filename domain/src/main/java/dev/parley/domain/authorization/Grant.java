package dev.parley.domain.authorization;

import java.time.Instant;
import org.jmolecules.ddd.annotation.AggregateRoot;
import org.jmolecules.ddd.annotation.Identity;

/**
 * What the owner allowed one client: to use this server in the owner's name, until it is revoked.
 *
 * @param newest the newest generation of its refresh tokens
 */
@AggregateRoot
public record Grant(@Identity GrantId id, ClientId client, Instant since, int newest) {

  /** A grant that begins. */
  public static Grant begin(GrantId id, ClientId client, Instant now) {
    return new Grant(id, client, now, 0);
  }

  /** The grant after its tokens were rotated by one of this generation. */
  public Grant rotatedFrom(int generation) {
    return new Grant(id, client, since, Math.max(newest, generation + 1));
  }
}
