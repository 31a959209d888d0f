package dev.parley.conformance.planted;

import dev.parley.adapters.outbound.planted.StoresNothing;
import dev.parley.architecture.Breaks;

@Breaks("conformanceSuiteSeesNoAdapter")
public record SeesAnAdapter(StoresNothing backend) {}
