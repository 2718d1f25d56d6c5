package io.vaquita.store;

/** Hears which pages a group makes and does without, to account for memory and for space in the file. Confined to one thread. */
interface SpaceLedger {
  /** In memory, the garbage collector keeps the books. */
  SpaceLedger NONE =
      new SpaceLedger() {
        @Override
        public void created(int bytes) {}

        @Override
        public void replaced(Page page) {}

        @Override
        public void dropped(Page page, boolean hasOverflow) {}
      };

  /** Bytes of pages made, or negative for pages of this very group that are not needed after all. */
  void created(int bytes);

  /** A page of an earlier version that the next version does without. */
  void replaced(Page page);

  /** A page that the next version does without, with all below it. */
  void dropped(Page page, boolean hasOverflow);
}
