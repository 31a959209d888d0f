package dev.parley.ports.outbound;

import dev.parley.domain.presence.Beat;
import java.util.Optional;
import org.jmolecules.architecture.hexagonal.SecondaryPort;

/** How beats are written as the content of messages on the presence topic. */
@SecondaryPort
public interface PresenceWire {

  /** A beat as content. */
  String write(Beat beat);

  /**
   * The beat that a content says; empty when it is none that this version understands. Anybody may
   * have written the content: reading takes time and memory in proportion to it, and never throws.
   */
  Optional<Beat> read(String content);
}
