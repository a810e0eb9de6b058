import conductor.handlers.git.Git;
import conductor.handlers.git.RepositoryReader;
import conductor.handlers.git.RepositoryReader.Order;
import conductor.handlers.git.RepositoryReaders;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an answer of a repository costs by the git program and by JGit. Arguments: a repository,
 * then {@code warm} and how many rounds, or {@code cold}, {@code program} or {@code jgit}, and how
 * many answers.
 */
final class ReadsBench {

  private static final int WARMING = 300;
  private static final int ANSWERS = 20;

  private interface Read {
    Object by(RepositoryReader reader) throws InterruptedException;
  }

  private ReadsBench() {}

  private static Map<String, Read> reads(Git git) throws InterruptedException {
    String head = git.must("rev-parse", "HEAD");
    String base = git.must("rev-parse", "HEAD~20");
    String old = git.must("rev-parse", "HEAD~1000");
    String blob = git.must("rev-parse", "HEAD:file-1");
    var reads = new LinkedHashMap<String, Read>();
    reads.put("the commit of `HEAD`", reader -> reader.commit("HEAD"));
    reads.put("the commit of a packed ref", reader -> reader.commit("refs/heads/topic/1000"));
    reads.put("whether there is a ref", reader -> reader.hasRef("refs/heads/topic/none"));
    reads.put("200 refs below a name", reader -> reader.refs("refs/heads/topic/"));
    reads.put("the branch that is checked out", reader -> reader.target("HEAD"));
    reads.put("the tree of a commit", reader -> reader.tree(head));
    reads.put("20 commits ahead", reader -> reader.beyond(base, head));
    reads.put("1000 commits ahead", reader -> reader.beyond(old, head));
    reads.put("an ancestor 1000 commits ago", reader -> reader.isAncestor(old, head));
    reads.put("a merge base", reader -> reader.mergeBase(base, head));
    reads.put(
        "20 commits with their texts",
        reader -> {
          for (String commit : reader.commits(base, head, Order.DATE)) {
            reader.text(commit);
          }
          return head;
        });
    reads.put("a blob", reader -> reader.blob(blob));
    reads.put("gitlinks that differ", reader -> reader.changedLinks(old, head));
    return reads;
  }

  public static void main(String[] arguments) throws Exception {
    Git program = Git.in(Path.of(arguments[0]), System.getenv());
    Git jgit = program.readBy(new RepositoryReaders(0));
    program = program.readBy(new RepositoryReaders(Integer.MAX_VALUE));
    Map<String, Read> reads = reads(program);
    if (arguments[1].equals("warm")) {
      warm(reads, program, jgit, Integer.parseInt(arguments[2]));
      return;
    }
    Git git = arguments[2].equals("jgit") ? jgit : program;
    int left = Integer.parseInt(arguments[3]);
    while (left > 0) {
      for (var read : reads.entrySet()) {
        if (left > 0 && !read.getKey().contains("texts")) {
          read.getValue().by(git.reader());
          left--;
        }
      }
    }
  }

  private static void warm(Map<String, Read> reads, Git program, Git jgit, int rounds)
      throws InterruptedException {
    System.out.println("| one answer, warm | git, µs | JGit, µs | git to JGit |");
    System.out.println("|---|---:|---:|---:|");
    for (var read : reads.entrySet()) {
      for (int i = 0; i < WARMING; i++) {
        read.getValue().by(jgit.reader());
      }
      var ours = new double[rounds];
      var theirs = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        theirs[round] = micros(read.getValue(), program);
        ours[round] = micros(read.getValue(), jgit);
      }
      double git = median(theirs);
      double inside = median(ours);
      System.out.printf("| %s | %.0f | %.0f | %.1f |%n", read.getKey(), git, inside, git / inside);
    }
  }

  private static double micros(Read read, Git git) throws InterruptedException {
    long from = System.nanoTime();
    for (int i = 0; i < ANSWERS; i++) {
      read.by(git.reader());
    }
    return (System.nanoTime() - from) / 1e3 / ANSWERS;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
