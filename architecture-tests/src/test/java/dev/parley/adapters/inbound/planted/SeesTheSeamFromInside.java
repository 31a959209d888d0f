package dev.parley.adapters.inbound.planted;

import dev.parley.architecture.Breaks;
import dev.parley.ports.outbound.Backend;

@Breaks("inboundAdaptersNeverSeeOutboundPorts")
record SeesTheSeamFromInside(Backend backend) {}
