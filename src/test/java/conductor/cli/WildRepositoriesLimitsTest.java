package conductor.cli;

import static conductor.cli.WildRow.PROPOSED;
import static conductor.cli.WildRow.WORKED;
import static conductor.cli.WildRow.WORKTREE;
import static conductor.cli.WildRow.row;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is too slow, too large, closed or missing. */
class WildRepositoriesLimitsTest {

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void endsInTimeAndSaysWhy(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  private static WildRow hanging(String name, String hook) {
    return row(name)
        .agent("echo hello > greeting.txt")
        .config("git: {timeout: 2s}\n")
        .sh(
            "printf '#!/bin/sh\\nsleep 4713\\n' > .git/hooks/%s; chmod +x .git/hooks/%s"
                .formatted(hook, hook));
  }

  private static Stream<WildRow> rows() {
    return Stream.of(
        hanging("a pre-commit hook that hangs is ended and named, the work is kept", "pre-commit")
            .flow(PROPOSED)
            .fails("GitError", "its hook 'pre-commit' still ran after 2s", "git.timeout")
            .holds("pgrep -f 'sleep 471[3]' | wc -l; cat $w/greeting.txt", "0\nhello")
            .sh("rm .git/hooks/pre-commit")
            .resume()
            .ok()
            .holds("git -C $O show $b:greeting.txt", "hello"),
        hanging("a pre-push hook that hangs is ended and named", "pre-push")
            .flow(PROPOSED)
            .fails("its hook 'pre-push' still ran after 2s")
            .holds("pgrep -f 'sleep 471[3]' | wc -l", "0"),
        hanging("a post-checkout hook that hangs stops no worktree", "post-checkout")
            .flow(WORKTREE + "return yield ReadFile(e, 'README.md')")
            .replies("one")
            .says("its hook 'post-checkout' still ran after 2s"),
        row("G28 neighbour: a file that git-lfs is to keep is not committed whole without it")
            .pushed("echo '*.bin filter=lfs diff=lfs merge=lfs -text' > .gitattributes")
            .agent("echo large > a.bin")
            .flow(PROPOSED)
            .fails("WorktreeNotReady", "git-lfs is missing, which is to keep a.bin")
            .holds("cat $w/a.bin", "large"),
        row("G28 neighbour: pointers are committed as they are")
            .pushed("echo '*.bin filter=lfs diff=lfs merge=lfs -text' > .gitattributes")
            .agent(
                "printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:1\\nsize 1\\n' > a.bin")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O show $b:a.bin | tail -n 1", "size 1"),
        row("a path of 4,000 bytes, which cannot be named whole, is proposed and removed")
            .agent(
                "d=$(printf %0200d 0); i=0; while [ $i -lt 19 ]; do mkdir $d; cd $d; i=$((i + 1)); done; echo x > $(printf %0200d 1)")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O ls-tree -r --name-only $b | wc -L", "4019")
            .conductor("env", "delete", "w", "--force")
            .ok()
            .holds("ls -d $W/state/worktrees/*/*/ 2>/dev/null | wc -l", "0"),
        row("20,000 files are committed and proposed")
            .agent("mkdir many; cd many; seq 20000 | xargs touch")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O ls-tree -r --name-only $b | wc -l", "20001"));
  }

  /** A remote that asks for a password is said to be out of reach, and nobody is asked. */
  @Test
  void aRemoteThatAsksForAPasswordHoldsNobodyUp() throws Exception {
    HttpServer closed = closed();
    try {
      row("a remote that asks for a password")
          .sh(
              "git remote set-url origin http://127.0.0.1:%d/a.git"
                  .formatted(closed.getAddress().getPort()))
          .agent("echo hello > greeting.txt")
          .flow(WORKED + "yield Commit(e, 'work')\nreturn yield Push(e)")
          .says("could not fetch main from origin; using it as last fetched")
          .fails("PushRejected", "could not read Username")
          .sh(
              "git update-ref -d refs/remotes/origin/main; git symbolic-ref -d refs/remotes/origin/HEAD")
          .flow(WORKTREE + "return e.baseBranch")
          .says("could not ask origin for its default branch; using what is checked out")
          .replies("main")
          .on(Project.withOrigin(temp));
    } finally {
      closed.stop(0);
    }
  }

  private static HttpServer closed() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
