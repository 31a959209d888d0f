/** Reading: how far an instance has read a topic, and how far it has followed it live. */
@NullMarked
package dev.parley.domain.reading;

import org.jspecify.annotations.NullMarked;
