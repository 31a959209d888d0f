/** Participants in processes of their own, which can be killed. */
@NullMarked
package dev.parley.conformance.process;

import org.jspecify.annotations.NullMarked;
