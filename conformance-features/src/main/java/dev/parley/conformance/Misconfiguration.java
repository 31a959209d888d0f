package dev.parley.conformance;

import java.util.List;
import java.util.Map;

/**
 * Something wrong with a configuration or the server it names.
 *
 * @param fault what is wrong, a few words
 * @param config the plain values that have the fault, as {@link Store#config()} gives them
 * @param words what the error has to say, in any case: the thing at fault, and what to do about it
 */
public record Misconfiguration(String fault, Map<String, String> config, List<String> words) {}
