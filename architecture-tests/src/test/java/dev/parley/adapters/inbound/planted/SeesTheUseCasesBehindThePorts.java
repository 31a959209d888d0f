package dev.parley.adapters.inbound.planted;

import dev.parley.application.UseCases;
import dev.parley.architecture.Breaks;

@Breaks("adaptersNeverSeeTheApplication")
record SeesTheUseCasesBehindThePorts(UseCases useCases) {}
