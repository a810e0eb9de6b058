package bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Counts what all cores spend on an operation, which depends less than its duration on what else
 * the machine does. JMH reports the sum over the iterations.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Cpu {

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private long begun;
  private long operations;

  /** Begins to count. */
  @Setup(Level.Iteration)
  public void begin() {
    begun = system.getProcessCpuTime();
    operations = 0;
  }

  void count(int more) {
    operations += more;
  }

  /** Returns the microseconds of an operation. */
  public double cpu() {
    return (system.getProcessCpuTime() - begun) / 1e3 / operations;
  }
}
