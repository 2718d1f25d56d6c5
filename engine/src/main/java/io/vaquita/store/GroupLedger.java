package io.vaquita.store;

import java.util.ArrayList;
import java.util.List;

/** What one group made and does without. Thrown away with a group that fails. Confined to one thread. */
final class GroupLedger implements SpaceLedger {
  /** A subtree that the new version does without; pages of {@code generation} were never part of a version. */
  record Dropped(Page root, boolean hasOverflow) {}

  final List<Page> replaced = new ArrayList<>();
  final List<Dropped> dropped = new ArrayList<>();
  long createdBytes;
  private long createdBytesMax;
  private long reservedBytes;

  /** Pages of more than {@code createdBytesMax} bytes end in a {@link TooManyPagesException}. */
  GroupLedger(long createdBytesMax) {
    this.createdBytesMax = createdBytesMax;
  }

  /** A group changes more pages than may be in memory at once. */
  static final class TooManyPagesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyPagesException() {
      super(null, null, false, false);
    }
  }

  @Override
  public void created(int bytes) {
    createdBytes += bytes;
    check();
  }

  /** So many bytes may have to be made when it is too late to give up. */
  void reserve(int bytes) {
    reservedBytes += bytes;
    check();
  }

  /** It is too late to give up: what is made now was reserved, but for the branches above. */
  void lift() {
    createdBytesMax = Long.MAX_VALUE;
  }

  private void check() {
    if (createdBytes + reservedBytes > createdBytesMax) {
      throw new TooManyPagesException();
    }
  }

  @Override
  public void replaced(Page page) {
    replaced.add(page);
  }

  @Override
  public void dropped(Page page, boolean hasOverflow) {
    dropped.add(new Dropped(page, hasOverflow));
  }
}
