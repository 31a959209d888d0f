/** What OAuth clients publish about themselves, fetched without being led astray. */
@NullMarked
package dev.parley.adapters.outbound.clientdocuments;

import org.jspecify.annotations.NullMarked;
