package dev.parley.ports.inbound.planted;

import dev.parley.architecture.Breaks;
import dev.parley.ports.outbound.Backend;
import org.jmolecules.architecture.hexagonal.PrimaryPort;

@Breaks("inboundPortsNeverSeeOutboundPorts")
@PrimaryPort
interface SeesTheSeam {
  Backend backend();
}
