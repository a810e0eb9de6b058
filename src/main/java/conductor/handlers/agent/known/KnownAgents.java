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

/** The agent programs that are known, by name. Who asks for one of them by its name asks here. */
public final class KnownAgents {

  private static final List<KnownAgent> ALL =
      List.of(new Claude(), new Codex(), new Gemini(), new Opencode());

  private static final Map<String, Protocol> PROTOCOLS = protocols(AcpProtocol.generic());

  private KnownAgents() {}

  /** Returns all of them, in the order of their names. */
  public static List<KnownAgent> all() {
    return ALL;
  }

  /** Their names, in order. */
  public static List<String> names() {
    return ALL.stream().map(KnownAgent::name).toList();
  }

  /** Returns the one of a name; empty for a type that only the configuration knows. */
  public static Optional<KnownAgent> named(String name) {
    return ALL.stream().filter(agent -> agent.name().equals(name)).findFirst();
  }

  /** Returns the protocols that the configuration may name for any program, by name. */
  public static Map<String, Protocol> protocols() {
    return PROTOCOLS;
  }

  /** Of a protocol that several programs speak, the form that none of them has made its own. */
  private static Map<String, Protocol> protocols(Protocol shared) {
    var protocols = new TreeMap<String, Protocol>();
    ALL.forEach(agent -> protocols.put(agent.protocol().name(), agent.protocol()));
    protocols.put(shared.name(), shared);
    return Collections.unmodifiableMap(protocols);
  }

  /** Returns what any of them has. */
  public static Set<String> union(Function<KnownAgent, Set<String>> what) {
    var all = new TreeSet<String>();
    ALL.forEach(agent -> all.addAll(what.apply(agent)));
    return all;
  }
}
