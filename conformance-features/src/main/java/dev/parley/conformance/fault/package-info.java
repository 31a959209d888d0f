/** What breaks the connection between a backend and its server. */
@NullMarked
package dev.parley.conformance.fault;

import org.jspecify.annotations.NullMarked;
