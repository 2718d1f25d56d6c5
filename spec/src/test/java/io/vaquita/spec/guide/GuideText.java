package io.vaquita.spec.guide;

import io.vaquita.spec.Project;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The code blocks of a guide. Immutable. */
final class GuideText {
  private static final String FENCE = "```";

  private final List<String> lines;

  GuideText(String file) throws IOException {
    lines = Project.read("docs/guide/" + file).lines().toList();
  }

  /** Blocks of a language, without their fences. */
  List<String> blocks(String language) {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = null;
    for (String line : lines) {
      if (block == null && line.equals(FENCE + language)) {
        block = new StringBuilder();
      } else if (block != null && line.equals(FENCE)) {
        blocks.add(block.toString());
        block = null;
      } else if (block != null) {
        block.append(line).append('\n');
      }
    }
    return blocks;
  }

  /** What stands between {@code // guide: name} and {@code // guide: end} in a source file, as far to the left as it goes. */
  static List<String> regions(String source) {
    List<String> regions = new ArrayList<>();
    StringBuilder region = null;
    String indent = "";
    for (String line : source.lines().toList()) {
      String text = line.strip();
      if (text.equals("// guide: end") && region != null) {
        regions.add(region.toString().strip() + "\n");
        region = null;
      } else if (text.startsWith("// guide: ")) {
        region = new StringBuilder();
        indent = line.substring(0, line.indexOf('/'));
      } else if (region != null) {
        region
            .append(line.startsWith(indent) ? line.substring(indent.length()) : line)
            .append('\n');
      }
    }
    return regions;
  }
}
