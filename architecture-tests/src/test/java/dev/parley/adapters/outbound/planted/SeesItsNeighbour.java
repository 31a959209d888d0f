package dev.parley.adapters.outbound.planted;

import dev.parley.adapters.outbound.plantedneighbour.Neighbour;
import dev.parley.architecture.Breaks;

@Breaks("outboundAdaptersNeverSeeEachOtherExceptBackendsTheirSupport")
record SeesItsNeighbour(Neighbour neighbour) {}
