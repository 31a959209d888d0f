package dev.parley.adapters.outbound.planted;

import dev.parley.adapters.inbound.planted.IsAnAdapter;
import dev.parley.architecture.Breaks;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;

@Breaks({"outboundAdaptersNeverMeetInboundOnes", "annotatedClassesFormAHexagon"})
@SecondaryAdapter
record SeesAnInboundAdapter(IsAnAdapter adapter) {}
