package conductor.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the files of a directory tree that commands name: by a word of a command, or by a part of a
 * word that is a line for the shell or an option with a value. A part may also name a file of a
 * directory that another part names, as in {@code cd web && ./set-up.sh}.
 */
record NamedFiles(Path root, Path start) {

  private static final Pattern BETWEEN = Pattern.compile("[\\s;|&()<>{}`'\"=,:]+");

  /** The directory that a command runs in, in front of a name: {@code $PWD/}, {@code $(pwd)/}. */
  private static final Pattern HERE = Pattern.compile("^(?:\\$\\w+)?/");

  /** Takes the directory of the tree, and the one in it from which relative names start. */
  NamedFiles {
    root = root.toAbsolutePath().normalize();
    start = start.toAbsolutePath().normalize();
  }

  /** Returns the files that these texts name, relative to the root. */
  Set<Path> of(Collection<String> texts) {
    var files = new TreeSet<Path>();
    for (String text : texts) {
      List<Path> parts = parts(text);
      var from = new ArrayList<>(List.of(start));
      parts.stream().filter(Files::isDirectory).forEach(from::add);
      for (Path directory : from) {
        for (Path part : parts) {
          add(files, directory.resolve(start.relativize(part)).normalize());
        }
      }
    }
    return files;
  }

  /** Returns the files that these texts name by their whole paths, relative to the root. */
  Set<Path> absolute(Collection<String> texts) {
    var files = new TreeSet<Path>();
    for (String text : texts) {
      Stream.concat(Stream.of(text), BETWEEN.splitAsStream(text))
          .filter(part -> part.startsWith("/"))
          .forEach(part -> add(files, path(part)));
    }
    return files;
  }

  private void add(Set<Path> files, Path file) {
    if (file.startsWith(root) && Files.isRegularFile(file)) {
      files.add(root.relativize(file));
    }
  }

  private List<Path> parts(String text) {
    var names = new TreeSet<String>(List.of(text));
    BETWEEN
        .splitAsStream(text)
        .flatMap(part -> Stream.of(part, HERE.matcher(part).replaceFirst("")))
        .forEach(names::add);
    return names.stream().map(this::path).toList();
  }

  /** Returns the path of a name; the start itself when the name can be no path. */
  private Path path(String name) {
    try {
      return start.resolve(name).normalize();
    } catch (InvalidPathException e) {
      return start;
    }
  }
}
