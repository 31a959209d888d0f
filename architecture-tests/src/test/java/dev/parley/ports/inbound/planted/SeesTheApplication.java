package dev.parley.ports.inbound.planted;

import dev.parley.application.UseCases;
import dev.parley.architecture.Breaks;

@Breaks({"portsNeverSeeTheApplication", "noVendorTypeInAPort", "everyUseCaseIsAPrimaryPort"})
interface SeesTheApplication {
  UseCases useCases();
}
