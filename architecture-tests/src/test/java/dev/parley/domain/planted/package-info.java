/** Classes that break the rules of the domain, to prove that the rules bite. */
@NullMarked
package dev.parley.domain.planted;

import org.jspecify.annotations.NullMarked;
