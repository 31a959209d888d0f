/** Parley's own state as small files in the state folder: positions, projections and claims. */
@NullMarked
package dev.parley.adapters.outbound.state;

import org.jspecify.annotations.NullMarked;
