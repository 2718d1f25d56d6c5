package io.vaquita.transaction;

/** InnoDB's table locks. */
public enum TableLockMode {
  IS,
  IX,
  S,
  X,
  AUTO_INC
}
