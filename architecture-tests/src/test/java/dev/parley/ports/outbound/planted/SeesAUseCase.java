package dev.parley.ports.outbound.planted;

import dev.parley.architecture.Breaks;
import dev.parley.ports.inbound.CatchUp;
import org.jmolecules.architecture.hexagonal.SecondaryPort;

@Breaks("outboundPortsNeverSeeInboundPorts")
@SecondaryPort
interface SeesAUseCase {
  CatchUp catchUp();
}
