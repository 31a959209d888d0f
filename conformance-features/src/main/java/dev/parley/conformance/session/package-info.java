/** What sessions of the suite keep between their lives. */
@NullMarked
package dev.parley.conformance.session;

import org.jspecify.annotations.NullMarked;
