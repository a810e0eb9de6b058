package conductor.handlers.git;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What differs between two trees, file by file.
 *
 * @param cut whether there are more files or lines than these
 */
public record Diff(List<DiffFile> files, boolean cut) {

  public Diff {
    files = List.copyOf(files);
  }

  /** Returns how many lines all files gained. */
  public int added() {
    return files.stream().mapToInt(DiffFile::added).sum();
  }

  /** Returns how many lines all files lost. */
  public int removed() {
    return files.stream().mapToInt(DiffFile::removed).sum();
  }

  /** Returns the same with other texts, such as ones without secrets. */
  public Diff map(UnaryOperator<String> text) {
    return new Diff(files.stream().map(file -> file.map(text)).toList(), cut);
  }
}
