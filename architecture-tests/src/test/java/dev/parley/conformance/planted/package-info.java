/** Steps that break the rules of the conformance suite, to prove that the rules bite. */
@NullMarked
package dev.parley.conformance.planted;

import org.jspecify.annotations.NullMarked;
