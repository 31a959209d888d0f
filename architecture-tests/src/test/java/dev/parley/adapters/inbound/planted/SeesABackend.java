package dev.parley.adapters.inbound.planted;

import dev.parley.adapters.outbound.planted.StoresNothing;
import dev.parley.architecture.Breaks;

@Breaks("inboundAdaptersNeverMeetOutboundOnes")
record SeesABackend(StoresNothing backend) {}
