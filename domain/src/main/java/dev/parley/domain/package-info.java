/**
 * The model of Parley: what participants say to each other in topics; no I/O, no framework, no
 * clock.
 */
@NullMarked
package dev.parley.domain;

import org.jspecify.annotations.NullMarked;
