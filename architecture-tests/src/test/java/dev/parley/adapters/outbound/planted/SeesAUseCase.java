package dev.parley.adapters.outbound.planted;

import dev.parley.architecture.Breaks;
import dev.parley.ports.inbound.CatchUp;

@Breaks("outboundAdaptersNeverSeeInboundPorts")
record SeesAUseCase(CatchUp catchUp) {}
