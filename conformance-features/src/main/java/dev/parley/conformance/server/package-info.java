/** The real servers that backends are tested against: found on the machine, started, and failed. */
@NullMarked
package dev.parley.conformance.server;

import org.jspecify.annotations.NullMarked;
