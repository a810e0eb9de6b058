package conductor.script.java;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** Records what JShell wants to load and call, and executes nothing. */
final class Recording extends DirectExecutionControl {

  final Map<String, byte[]> types = new ConcurrentHashMap<>();

  /** The methods that JShell called since {@link #forget}: {@code type method}. */
  final List<String> calls = new ArrayList<>();

  void forget() {
    calls.clear();
  }

  ExecutionControlProvider provider() {
    return new ExecutionControlProvider() {
      @Override
      public String name() {
        return "recording";
      }

      @Override
      public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
        return Recording.this;
      }
    };
  }

  @Override
  public void load(ClassBytecodes[] loaded) {
    for (ClassBytecodes type : loaded) {
      types.put(type.name(), type.bytecodes());
    }
  }

  @Override
  public String invoke(String type, String method) {
    calls.add(type + " " + method);
    return "";
  }

  @Override
  public String varValue(String type, String variable) {
    return "";
  }
}
