/**
 * The Matrix backend on a real Synapse: the laws, people at other clients, and what can be wrong.
 */
@NullMarked
package dev.parley.adapters.outbound.matrix;

import org.jspecify.annotations.NullMarked;
