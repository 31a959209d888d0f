/** What Parley writes on topics for other bridges to read, apart from text for people. */
@NullMarked
package dev.parley.adapters.outbound.wire;

import org.jspecify.annotations.NullMarked;
