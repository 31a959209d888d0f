/** Use cases: what an agent, a connector or a person at a terminal can ask of Parley. */
@NullMarked
package dev.parley.ports.inbound;

import org.jspecify.annotations.NullMarked;
