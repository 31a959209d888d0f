/** Shared topics on PostgreSQL. */
@NullMarked
package dev.parley.adapters.outbound.postgres;

import org.jspecify.annotations.NullMarked;
