/** History: stretches of a topic, and which stretch a reader asks for. */
@NullMarked
package dev.parley.domain.history;

import org.jspecify.annotations.NullMarked;
