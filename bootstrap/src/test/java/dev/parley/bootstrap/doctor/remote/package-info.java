/** What doctor finds of a server from outside. */
@NullMarked
package dev.parley.bootstrap.doctor.remote;

import org.jspecify.annotations.NullMarked;
