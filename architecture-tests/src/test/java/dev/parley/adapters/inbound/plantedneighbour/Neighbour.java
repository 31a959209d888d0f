package dev.parley.adapters.inbound.plantedneighbour;

/** An adapter next door. */
public final class Neighbour {}
