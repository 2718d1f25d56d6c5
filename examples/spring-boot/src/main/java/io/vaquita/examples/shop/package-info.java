/** A Spring Boot application with JPA, JDBC and Flyway, as its tests run it: on Vaquita. */
@NullMarked
package io.vaquita.examples.shop;

import org.jspecify.annotations.NullMarked;
