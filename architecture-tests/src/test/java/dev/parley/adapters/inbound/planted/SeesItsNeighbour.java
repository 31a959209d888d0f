package dev.parley.adapters.inbound.planted;

import dev.parley.adapters.inbound.plantedneighbour.Neighbour;
import dev.parley.architecture.Breaks;

@Breaks("inboundAdaptersNeverSeeEachOtherExceptStdioAndHttpTheCatalogue")
record SeesItsNeighbour(Neighbour neighbour) {}
