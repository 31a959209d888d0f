/** Measuring what a server does, for Prometheus. */
@NullMarked
package dev.parley.adapters.outbound.metrics;

import org.jspecify.annotations.NullMarked;
