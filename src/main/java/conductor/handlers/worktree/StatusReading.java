package conductor.handlers.worktree;

import conductor.effect.WorktreeEnv;
import conductor.handlers.git.InitialChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Parses the output of {@code git status --porcelain=v2 -z --branch}, item by item. Rename
 * detection must be off, so that each item is one path.
 */
final class StatusReading {

  private record Item(String states, String submodule, String path) {

    boolean isStaged() {
      return states.charAt(0) != '.' && states.charAt(0) != '?';
    }

    boolean isUnstaged() {
      return states.charAt(1) != '.';
    }
  }

  private final List<Item> items = new ArrayList<>();
  private final List<String> unmerged = new ArrayList<>();
  private final List<String> nested = new ArrayList<>();
  private String head = "";
  private Optional<String> branch = Optional.empty();

  void add(String item) {
    switch (item.charAt(0)) {
      case '#' -> header(item);
      case '1' -> {
        String[] fields = item.split(" ", 9);
        items.add(new Item(fields[1], fields[2], fields[8]));
      }
      case 'u' -> unmerged.add(item.split(" ", 11)[10]);
      case '?' -> {
        String path = item.substring(2);
        if (path.endsWith("/")) {
          nested.add(path.substring(0, path.length() - 1));
        } else {
          items.add(new Item("??", "N...", path));
        }
      }
      default -> throw new IllegalStateException("git status says what is not known: " + item);
    }
  }

  private void header(String item) {
    if (item.startsWith("# branch.oid ")) {
      head = item.substring("# branch.oid ".length());
    } else if (item.startsWith("# branch.head ")) {
      String name = item.substring("# branch.head ".length());
      branch = name.equals("(detached)") ? Optional.empty() : Optional.of(name);
    }
  }

  /**
   * Returns the state of the worktree from all items that were added.
   *
   * @param known the paths that are submodules; any other gitlink counts as a nested repository
   */
  WorktreeState state(
      WorktreeEnv env, Optional<String> operation, InitialChanges birth, Set<String> known) {
    var changes = new ArrayList<String>();
    var unstaged = new ArrayList<String>();
    var born = new ArrayList<String>();
    var submodules = new ArrayList<WorktreeState.Submodule>();
    for (Item item : items) {
      boolean link = item.submodule().startsWith("S");
      if (link && !known.contains(item.path())) {
        nested.add(item.path());
      } else if (link && !item.submodule().equals("S...")) {
        submodules.add(submodule(item));
      } else if (!item.isStaged() && birth.holds(env.path(), item.path())) {
        born.add(item.path());
      } else {
        changes.add(item.path());
        if (item.isUnstaged()) {
          unstaged.add(item.path());
        }
      }
    }
    return new WorktreeState(
        env, head, branch, operation, unmerged, changes, unstaged, born, nested, submodules);
  }

  private static WorktreeState.Submodule submodule(Item item) {
    return new WorktreeState.Submodule(
        item.path(),
        item.submodule().charAt(1) == 'C',
        item.submodule().charAt(2) == 'M',
        item.submodule().charAt(3) == 'U');
  }
}
