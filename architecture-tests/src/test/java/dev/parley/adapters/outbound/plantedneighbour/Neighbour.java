package dev.parley.adapters.outbound.plantedneighbour;

/** A backend next door. */
public final class Neighbour {}
