package io.vaquita.store;

import org.jspecify.annotations.Nullable;

/**
 * Makes private copies of pages that stand far behind in the file, so that the next checkpoint writes them to free places before.
 * Changes no entry. Confined to one thread.
 */
final class Relocation {
  private final VersionEditor version;
  private final long fromUnit;
  private final long unitsMax;
  private long units;

  /** Moves pages at {@code fromUnit} or behind, until {@code unitsMax} units are to be written. */
  Relocation(VersionEditor version, long fromUnit, long unitsMax) {
    this.version = version;
    this.fromUnit = fromUnit;
    this.unitsMax = unitsMax;
  }

  /** Units that the next checkpoint will move. */
  long units() {
    return units;
  }

  Page root(Page page) {
    return relocated(page, PageLayout.level(version.bytes(page)), true);
  }

  /** The page itself, or a copy when it or something below it moves. Leaves are read only when they move or may have values. */
  private Page relocated(Page page, int level, boolean hasOverflow) {
    boolean moves = moves(page);
    if (level == 0 && !hasOverflow) {
      return moves ? copy(page) : page;
    }
    byte[] b = version.bytes(page);
    @Nullable Page[] children = version.childrenIfAny(page, b);
    Page result = moves ? copy(page) : page;
    for (int i = 0; children != null && i < children.length && units < unitsMax; i++) {
      Page child = children[i];
      if (child == null) {
        continue;
      }
      Page moved =
          level == 0
              ? value(child)
              : relocated(
                  child,
                  level - 1,
                  (PageLayout.childCountField(b, i) & PageLayout.OVERFLOW_BELOW) != 0);
      if (!moved.equals(child)) {
        result = version.privatise(result);
        version.children(result)[i] = moved;
      }
    }
    return result;
  }

  private Page value(Page value) {
    if (!moves(value)) {
      return value;
    }
    units += Location.count(value.location);
    Page copy = version.newValue(version.bytes(value));
    version.replaced(value);
    return copy;
  }

  private boolean moves(Page page) {
    return units < unitsMax && Location.unit(page.location) >= fromUnit;
  }

  private Page copy(Page page) {
    units += Location.count(page.location);
    return version.privatise(page);
  }
}
