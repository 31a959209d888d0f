/** Ports that break the rules of the seam, to prove that the rules bite. */
@NullMarked
package dev.parley.ports.outbound.planted;

import org.jspecify.annotations.NullMarked;
