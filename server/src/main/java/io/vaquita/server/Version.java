package io.vaquita.server;

import picocli.CommandLine.IVersionProvider;

/** What Vaquita calls itself. Stateless. */
final class Version implements IVersionProvider {
  /** The MySQL release whose behaviour is the measure. */
  static final String MYSQL = "8.4.0";

  /** Of the build; {@code development} outside a jar. */
  static String ofVaquita() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "Vaquita "
          + ofVaquita()
          + " (MySQL "
          + MYSQL
          + " protocol and SQL), Java "
          + Runtime.version()
    };
  }
}
