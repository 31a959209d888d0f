package dev.parley.bootstrap.planted;

import dev.parley.adapters.outbound.planted.StoresNothing;
import dev.parley.architecture.Breaks;

@Breaks("bootstrapFindsBackendsByServiceLoaderOnly")
record KnowsABackendByName(StoresNothing backend) {}
