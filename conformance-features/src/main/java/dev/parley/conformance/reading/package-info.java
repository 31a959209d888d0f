/** Reading a topic to the end, by pages and live, as the laws say that it can be read. */
@NullMarked
package dev.parley.conformance.reading;

import org.jspecify.annotations.NullMarked;
