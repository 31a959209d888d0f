/** A small backend that keeps every law: a journal file behind a loopback socket server. */
@NullMarked
package dev.parley.conformance.reference;

import org.jspecify.annotations.NullMarked;
