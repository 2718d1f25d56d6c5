package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageCacheTest {
  private static final int PAGE = 1024;
  private static final int PAGES = 100;

  private final PageCache cache = new PageCache(PAGES * PAGE, PAGE, () -> 0);
  private final List<Page> hot = new ArrayList<>();

  private void load(Page page) {
    page.bytes = PageLayout.emptyPage(PAGE, 16, 0);
    cache.added(page, true);
  }

  private static Page page(long unit) {
    return new Page(Location.of(unit, 1), false);
  }

  /** A visit of a page, as readers do it. */
  private void visit(Page page) {
    if (page.bytes == null) {
      load(page);
    } else {
      page.isHot = true;
    }
  }

  private void visitHot() {
    for (Page page : hot) {
      visit(page);
    }
  }

  @Test
  void aScanLeavesTheHotSetAlone() {
    for (int i = 0; i < 50; i++) {
      hot.add(page(1000 + i));
    }
    visitHot();
    visitHot();
    for (int i = 0; i < 5000; i++) {
      visit(page(10_000 + i));
      if (i % 200 == 0) {
        visitHot();
      }
    }
    for (Page page : hot) {
      assertNotNull(page.bytes, "a hot page was evicted by a scan");
    }
    assertTrue(cache.usedBytes() <= PAGES * PAGE);
  }

  @Test
  void aPageThatComesBackSoonIsKeptLonger() {
    Page back = page(1);
    visit(back);
    int i = 0;
    while (back.bytes != null) {
      visit(page(100 + i++));
    }
    visit(back);
    for (int k = 0; k < PAGES * 2; k++) {
      visit(page(10_000 + k));
    }
    assertNotNull(back.bytes);
  }

  @Test
  void theBudgetHoldsWhateverComes() {
    SeededRandom random = new SeededRandom(SeededRandom.seed(41));
    List<Page> all = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      all.add(page(i + 1));
    }
    for (int i = 0; i < 20_000; i++) {
      visit(all.get(random.oneIn(2) ? random.below(50) : random.below(400)));
      assertTrue(cache.usedBytes() <= PAGES * PAGE);
    }
    long inMemory = all.stream().filter(p -> p.bytes != null).count();
    assertEquals(cache.usedBytes(), inMemory * PAGE);
  }

  /** It would push everything else out: whoever reads it has it alone. */
  @Test
  void aValueOfMoreThanItsShareIsNotKept() {
    for (int i = 0; i < PAGES / 20; i++) {
      visit(page(i + 1));
    }
    long used = cache.usedBytes();
    Page huge = new Page(Location.of(5000, 1), true);
    huge.bytes = new byte[PAGES * PAGE / 8];
    cache.added(huge, true);
    assertNull(huge.bytes);
    assertEquals(used, cache.usedBytes());
  }

  /** A load that changes page after page leaves old ones behind: they are no longer of use, and do not fill the cache. */
  @Test
  void replacedPagesGoFirst() {
    SeededRandom random = new SeededRandom(SeededRandom.seed(43));
    List<Page> kept = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      kept.add(page(1 + i));
      load(kept.get(i));
    }
    for (int i = 0; i < 5000; i++) {
      Page old = page(1000 + i);
      load(old);
      old.isDead = true;
      cache.replaced(List.of(old));
      assertTrue(cache.usedBytes() <= 40 * PAGE + PAGES * PAGE / 16);
      if (random.oneIn(10)) {
        visit(old);
        assertNotNull(old.bytes);
      }
    }
    for (Page page : kept) {
      assertNotNull(page.bytes, "a page in use was evicted for one that is not");
    }
  }

  /** What a checkpoint writes for a version that is not the newest any more. */
  @Test
  void aDeadPageThatWasJustWrittenIsKeptForAShortTimeOnly() {
    List<Page> written = new ArrayList<>();
    for (int i = 0; i < PAGES; i++) {
      Page page = page(1 + i);
      page.bytes = PageLayout.emptyPage(PAGE, 16, 0);
      page.isDead = true;
      cache.added(page, false);
      written.add(page);
    }
    assertEquals(PAGES / 16, written.stream().filter(p -> p.bytes != null).count());
    assertEquals((long) PAGES / 16 * PAGE, cache.usedBytes());
  }
}
