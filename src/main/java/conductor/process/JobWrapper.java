package conductor.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the shell script that stands between a job's directory and its program. The script claims
 * the directory, runs the program in a session of its own, and writes down how that ended, whether
 * or not the starting process is gone by then.
 */
record JobWrapper(Job job) {

  /** Exit code of a wrapper that cannot write its files, and has started nothing. */
  private static final int UNWRITABLE = 74;

  /**
   * The wrapper. $1 is the job's directory, $2 the working directory, $3 the file for standard
   * error, $4 the kind of input (whole, lines or piped); the program follows. A shell hands on each
   * variable that came from its environment, so its own have names that no user has.
   */
  private static final String WRAPPER =
      """
      trap '' HUP INT TERM PIPE
      conductor_mask=$(umask)
      umask 077
      conductor_job=$1 conductor_work=$2 conductor_err=$3 conductor_feed=$4
      shift 4
      read -r conductor_boot 2>/dev/null < /proc/sys/kernel/random/boot_id || conductor_boot=unknown
      read -r conductor_stat < /proc/$$/stat
      ticks() { conductor_started=${20}; }
      # shellcheck disable=SC2086
      ticks ${conductor_stat##*) }
      # The exit code is written over blanks that have their place by now, on a full disk too.
      if ! echo "$$ $conductor_started $conductor_boot" > "$conductor_job/pid.$$" || ! echo '   ' > "$conductor_job/exit.$$"; then
        rm -f "$conductor_job/pid.$$" "$conductor_job/exit.$$"
        exit 74
      fi
      if ! ln "$conductor_job/pid.$$" "$conductor_job/pid" 2>/dev/null; then
        rm -f "$conductor_job/pid.$$" "$conductor_job/exit.$$"
        exit 0
      fi
      echo claimed
      exec 3<&0 </dev/null >/dev/null 2>&1
      program() { trap - HUP INT TERM PIPE; umask "$conductor_mask"; cd "$conductor_work" && exec "$@"; }
      # Whole lines end in a tab; what a writer that died left of a line does not, and is dropped.
      lines() { LC_ALL=C sed -u -n -e '/^\\x04\\t$/q' -e 's/\\t$//p'; }
      tailed() { sh -c 'echo $$ > "$1/pump"; exec tail -n +1 -f "$1/in"' pump "$conductor_job"; }
      if [ "$conductor_feed" = lines ]; then
        mkfifo "$conductor_job/feed"
        tailed | lines > "$conductor_job/feed" &
        ( program "$@" ) 3<&- <"$conductor_job/feed" >>"$conductor_job/out" 2>>"$conductor_err" &
      elif [ "$conductor_feed" = piped ]; then
        ( program "$@" ) <&3 3<&- >>"$conductor_job/out" 2>>"$conductor_err" &
      else
        ( program "$@" ) 3<&- <"$conductor_job/in" >>"$conductor_job/out" 2>>"$conductor_err" &
      fi
      exec 3<&-
      conductor_child=$!
      rm -f "$conductor_job/pid.$$"
      wait "$conductor_child"
      printf '%-3s\n' $? 1<> "$conductor_job/exit.$$"
      mv "$conductor_job/exit.$$" "$conductor_job/exit"
      if [ "$conductor_feed" = lines ]; then kill -s KILL "$(cat "$conductor_job/pump")"; fi
      """;

  /**
   * Starts the job's program behind the wrapper, and waits until a wrapper has claimed the job.
   *
   * @param feed the kind of input: {@code whole} from the file {@code in}, {@code lines} from that
   *     file as it grows, or {@code piped}
   * @param input the bytes to pipe; ignored for other kinds
   * @throws CannotRun when it cannot be started
   * @throws UncheckedIOException when the wrapper cannot write its files; nothing was started then
   */
  void start(JobSpec spec, String feed, byte[] input) {
    Path directory = job.directory();
    Path err = spec.merged() ? directory.resolve("out") : directory.resolve("err");
    var words = new ArrayList<String>();
    words.addAll(List.of("setsid", "sh", "-c", WRAPPER, "conductor-job"));
    words.addAll(List.of(directory.toString(), spec.directory().toString(), err.toString(), feed));
    words.addAll(spec.words());
    var builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().putAll(spec.environment());
    builder.environment().put(Strays.MARK, job.id());
    OutputTimes.begin(directory.resolve("out"));
    OutputTimes.begin(err);
    try {
      Process wrapper = ProcessStart.of(builder);
      feed(wrapper, input);
      awaitClaim(wrapper);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the directory tells whether it started
    } catch (IOException e) {
      throw new CannotRun("cannot start a job: " + e.getMessage() + "; is setsid installed?");
    }
  }

  /** On another thread: an input larger than the pipe would hold up the claim. */
  private static void feed(Process wrapper, byte[] input) {
    Thread.ofVirtual()
        .start(() -> {
          try (OutputStream in = wrapper.getOutputStream()) {
            in.write(input);
          } catch (IOException e) {
            return; // the wrapper ended without reading all of it
          }
        });
  }

  private void awaitClaim(Process wrapper) throws IOException, InterruptedException {
    try (InputStream out = wrapper.getInputStream();
        InputStream err = wrapper.getErrorStream()) {
      Path directory = job.directory();
      boolean claimed = out.read() >= 0;
      if (!claimed && job.state() instanceof Job.State.NotStarted) {
        String said = new String(err.readAllBytes(), StandardCharsets.UTF_8).strip();
        if (wrapper.waitFor() == UNWRITABLE) {
          throw new UncheckedIOException(
              "cannot write to %s: %s; is the disk full?".formatted(directory, said),
              new IOException(said));
        }
        throw new CannotRun("cannot start a job in %s: %s".formatted(directory, said));
      }
    }
  }
}
