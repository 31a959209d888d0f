package dev.parley.bootstrap.demo;

/**
 * Offered work.
 *
 * @param id of the hand-off
 * @param message that offers it
 */
record Offer(String id, String message) {}
