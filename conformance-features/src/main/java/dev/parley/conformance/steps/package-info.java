/** What the sentences of the laws do. */
@NullMarked
package dev.parley.conformance.steps;

import org.jspecify.annotations.NullMarked;
