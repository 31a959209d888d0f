package dev.parley.domain.authorization;

import org.jmolecules.ddd.annotation.ValueObject;

/**
 * What is kept of a code or token: its SHA-256, in hexadecimal digits. A secret of 256 random bits
 * needs no salt and no slow hash.
 */
@ValueObject
public record TokenHash(String value) {}
