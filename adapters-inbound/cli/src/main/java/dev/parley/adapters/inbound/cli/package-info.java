/** A person's seat at the terminal: posting, reading and following topics without an agent. */
@PrimaryAdapter
@NullMarked
package dev.parley.adapters.inbound.cli;

import org.jmolecules.architecture.hexagonal.PrimaryAdapter;
import org.jspecify.annotations.NullMarked;
