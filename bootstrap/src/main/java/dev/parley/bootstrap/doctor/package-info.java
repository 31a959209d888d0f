/** Checking a set-up, with the remedy for what is wrong. */
@NullMarked
package dev.parley.bootstrap.doctor;

import org.jspecify.annotations.NullMarked;
