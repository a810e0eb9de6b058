package conductor.cli.view;

import conductor.state.FileTree;
import conductor.state.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of {@code docs/topics}, which {@code conductor help TOPIC} prints and of which the build
 * makes a manual page. The pages are written in a part of markdown: a heading, paragraphs, items,
 * blocks of code, {@code `words`}, and links to other pages.
 *
 * @param title the heading
 */
public record Topic(String name, String title, List<Block> blocks) {

  private static final String SUFFIX = ".md";
  private static final int WIDTH = 80;

  /** The text and the target of a link; where in the page it leads to is left out. */
  private static final Pattern LINK = Pattern.compile("\\[[^]\\[]*+]\\(([^)#]*+)[^)]*+\\)");

  private static final Pattern WORDS = Pattern.compile("`([^`]*)`");

  /** A part of a page. */
  public sealed interface Block {

    /** A paragraph, or an item of a list, in one line. */
    record Text(boolean item, String text) implements Block {}

    /** Lines that are shown as they are. */
    record Code(List<String> lines) implements Block {}
  }

  /** Returns the names of all pages, sorted. */
  public static List<String> names(Path home) {
    return FileTree.in(home.resolve("docs/topics")).stream()
        .map(file -> file.getFileName().toString())
        .filter(file -> file.endsWith(SUFFIX))
        .map(file -> file.substring(0, file.length() - SUFFIX.length()))
        .toList();
  }

  /** Returns the page of a name; empty when there is none. */
  public static Optional<Topic> find(Path home, String name) {
    return names(home).contains(name)
        ? Optional.of(of(name, TextFile.read(home.resolve("docs/topics/" + name + SUFFIX))))
        : Optional.empty();
  }

  static Topic of(String name, String markdown) {
    String[] parts = markdown.split("(?m)^```\\w*\\R", -1); // every other one is code
    var blocks = new ArrayList<Block>();
    for (int n = 0; n < parts.length; n++) {
      if (n % 2 == 1) {
        blocks.add(new Block.Code(parts[n].stripTrailing().lines().toList()));
      } else {
        Arrays.stream(parts[n].strip().split("\\R\\R|\\R(?=- )", -1))
            .filter(text -> !text.isBlank())
            .map(text -> new Block.Text(text.startsWith("- "), plain(text.replaceFirst("^- ", ""))))
            .forEach(blocks::add);
      }
    }
    var heading = (Block.Text) blocks.removeFirst();
    return new Topic(name, heading.text().replaceFirst("^# ", ""), List.copyOf(blocks));
  }

  /** Returns text for readers of plain text: links are the files of pages, words are quoted. */
  private static String plain(String markdown) {
    String linked =
        LINK.matcher(markdown.replaceAll("\\s+", " "))
            .replaceAll(link -> Matcher.quoteReplacement(link.group(1).replace("../", "docs/")));
    return WORDS
        .matcher(linked)
        .replaceAll(words -> {
          String said = words.group(1);
          boolean quoted = said.startsWith("'") && said.endsWith("'");
          return Matcher.quoteReplacement(quoted ? said : "'" + said + "'");
        });
  }

  /** Returns the page as lines for a terminal. */
  public List<String> lines() {
    var lines = new ArrayList<String>(List.of(title));
    boolean item = false;
    for (Block block : blocks) {
      boolean again = block instanceof Block.Text text && text.item() && item;
      if (!again) {
        lines.add("");
      }
      item = block instanceof Block.Text text && text.item();
      switch (block) {
        case Block.Text text -> lines.addAll(wrapped(text));
        case Block.Code code ->
            code.lines().forEach(line -> lines.add(("    " + line).stripTrailing()));
      }
    }
    return lines;
  }

  private static List<String> wrapped(Block.Text text) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder(text.item() ? "-" : "");
    for (String word : text.text().split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(text.item() ? " " : "");
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
