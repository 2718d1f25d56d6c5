package io.vaquita.lock;

/**
 * The namespaces of metadata locks, in the order in which MySQL sorts requests. Immutable. Scoped namespaces know only
 * INTENTION_EXCLUSIVE, SHARED and EXCLUSIVE.
 */
public enum MetadataScope {
  GLOBAL("GLOBAL", true, "Waiting for global read lock"),
  BACKUP_LOCK("BACKUP LOCK", true, "Waiting for backup lock"),
  TABLESPACE("TABLESPACE", true, "Waiting for tablespace metadata lock"),
  SCHEMA("SCHEMA", true, "Waiting for schema metadata lock"),
  TABLE("TABLE", false, "Waiting for table metadata lock"),
  FUNCTION("FUNCTION", false, "Waiting for stored function metadata lock"),
  PROCEDURE("PROCEDURE", false, "Waiting for stored procedure metadata lock"),
  TRIGGER("TRIGGER", false, "Waiting for trigger metadata lock"),
  EVENT("EVENT", false, "Waiting for event metadata lock"),
  COMMIT("COMMIT", true, "Waiting for commit lock"),
  USER_LEVEL_LOCK("USER LEVEL LOCK", false, "User lock"),
  LOCKING_SERVICE("LOCKING SERVICE", false, "Waiting for locking service lock"),
  SRID("SRID", false, "Waiting for spatial reference system lock"),
  ACL_CACHE("ACL CACHE", false, "Waiting for acl cache lock"),
  COLUMN_STATISTICS("COLUMN STATISTICS", false, "Waiting for column statistics lock"),
  RESOURCE_GROUPS("RESOURCE_GROUPS", true, "Waiting for resource groups metadata lock"),
  FOREIGN_KEY("FOREIGN KEY", true, "Waiting for foreign key metadata lock"),
  CHECK_CONSTRAINT("CHECK CONSTRAINT", true, "Waiting for check constraint metadata lock");

  private final String label;
  private final boolean scoped;
  private final String waitingState;

  MetadataScope(String label, boolean scoped, String waitingState) {
    this.label = label;
    this.scoped = scoped;
    this.waitingState = waitingState;
  }

  /** OBJECT_TYPE in performance_schema.metadata_locks. */
  public String label() {
    return label;
  }

  public boolean isScoped() {
    return scoped;
  }

  /** The process list's State of a session that waits for such a lock. */
  public String waitingState() {
    return waitingState;
  }
}
