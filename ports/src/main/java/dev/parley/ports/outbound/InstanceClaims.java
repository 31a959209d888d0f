package dev.parley.ports.outbound;

import dev.parley.domain.participant.InstanceId;
import dev.parley.ports.StateUnavailable;
import org.jmolecules.architecture.hexagonal.SecondaryPort;

/** Which instance ids are in use on this machine, so that no two processes share one. */
@SecondaryPort
public interface InstanceClaims {

  /**
   * Claims an id for this process: the wanted one or, while another process holds that, the first
   * free one of {@code wanted-2}, {@code wanted-3} and so on.
   *
   * @throws StateUnavailable when claims cannot be kept
   */
  Claim claim(InstanceId wanted);

  /** A claimed id; free again when this is closed or the process ends, however it ends. */
  interface Claim extends AutoCloseable {

    /** The id that this process holds. */
    InstanceId id();

    @Override
    void close();
  }
}
