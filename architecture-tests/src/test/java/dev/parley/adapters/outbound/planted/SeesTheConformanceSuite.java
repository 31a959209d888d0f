package dev.parley.adapters.outbound.planted;

import dev.parley.architecture.Breaks;
import dev.parley.conformance.planted.SeesAnAdapter;

@Breaks("nothingThatShipsSeesTheConformanceSuite")
record SeesTheConformanceSuite(SeesAnAdapter steps) {}
