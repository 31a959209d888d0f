package dev.parley.ports.outbound.planted;

import dev.parley.architecture.Breaks;
import org.slf4j.Logger;

@Breaks("noVendorTypeInAPort")
interface SeesAVendor {
  Logger logger();
}
