/** Use cases that break the rules of the ports, to prove that the rules bite. */
@NullMarked
package dev.parley.ports.inbound.planted;

import org.jspecify.annotations.NullMarked;
