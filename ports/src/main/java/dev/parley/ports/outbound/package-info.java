/**
 * The seam: five operations that a messaging backend gives, with the little else Parley needs from
 * outside.
 */
@NullMarked
package dev.parley.ports.outbound;

import org.jspecify.annotations.NullMarked;
