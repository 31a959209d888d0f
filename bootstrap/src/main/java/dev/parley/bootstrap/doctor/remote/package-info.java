/** Checks of a server for chat connectors, at its public address and from outside in. */
@NullMarked
package dev.parley.bootstrap.doctor.remote;

import org.jspecify.annotations.NullMarked;
