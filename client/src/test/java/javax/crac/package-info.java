/**
 * A JVM that can be checkpointed, as far as {@code org.crac} looks for one: it finds these classes by their names where the JVM has none of its
 * own. The image is never written; what is notified of it is.
 */
package javax.crac;
