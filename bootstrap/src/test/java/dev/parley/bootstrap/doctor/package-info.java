/** What doctor finds. */
@NullMarked
package dev.parley.bootstrap.doctor;

import org.jspecify.annotations.NullMarked;
