/** Shared topics in the rooms of a Matrix homeserver. */
@NullMarked
package dev.parley.adapters.outbound.matrix;

import org.jspecify.annotations.NullMarked;
