/** Who may use a server: clients, what they were granted, and the tokens of a grant. */
@NullMarked
package dev.parley.domain.authorization;

import org.jspecify.annotations.NullMarked;
