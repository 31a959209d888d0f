package dev.parley.application.planted;

import dev.parley.adapters.inbound.planted.IsAnAdapter;
import dev.parley.architecture.Breaks;

@Breaks({"applicationSeesPortsAndDomainOnly", "annotatedClassesFormAHexagon"})
final class SeesAnAdapter {
  IsAnAdapter adapter() {
    return new IsAnAdapter();
  }
}
