package conductor.handlers.agent.known;

import conductor.handlers.agent.protocol.Protocol;
import conductor.handlers.agent.protocol.acp.AcpProtocol;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The registry of known agent programs by name. */
public final class KnownAgents {

  private static final List<KnownAgent> ALL =
      List.of(new Claude(), new Codex(), new Gemini(), new Opencode());

  private static final Map<String, Protocol> PROTOCOLS = protocols(AcpProtocol.generic());

  private KnownAgents() {}

  public static List<KnownAgent> all() {
    return ALL;
  }

  public static List<String> names() {
    return ALL.stream().map(KnownAgent::name).toList();
  }

  /** Returns the program of a name; empty for a type that only the configuration defines. */
  public static Optional<KnownAgent> named(String name) {
    return ALL.stream().filter(agent -> agent.name().equals(name)).findFirst();
  }

  /** Returns the protocols that the configuration may name for any program, by name. */
  public static Map<String, Protocol> protocols() {
    return PROTOCOLS;
  }

  /** Returns the programs' protocols and, for one that several programs speak, its generic form. */
  private static Map<String, Protocol> protocols(Protocol shared) {
    var protocols = new TreeMap<String, Protocol>();
    ALL.forEach(agent -> protocols.put(agent.protocol().name(), agent.protocol()));
    protocols.put(shared.name(), shared);
    return Collections.unmodifiableMap(protocols);
  }

  public static Set<String> union(Function<KnownAgent, Set<String>> what) {
    var all = new TreeSet<String>();
    ALL.forEach(agent -> all.addAll(what.apply(agent)));
    return all;
  }
}
