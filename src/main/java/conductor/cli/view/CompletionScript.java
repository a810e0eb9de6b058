package conductor.cli.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Generates the POSIX shell script behind the completion of all shells. The script gets the words
 * after {@code conductor}, the last one unfinished, and prints the words that can complete it, a
 * line each; for a file it prints {@code @files}, a blank, and the text before its path. The script
 * contains no single quotes, so that every shell can hold it as a string, and it only reads files,
 * so that it is fast.
 */
public final class CompletionScript {

  private static final String BEFORE =
      """
      state=${CONDUCTOR_STATE_DIR:-${XDG_STATE_HOME:-$HOME/.local/state}/doeff-conductor}
      config=${XDG_CONFIG_HOME:-$HOME/.config}/doeff-conductor
      names() {
        for file do
          [ -e "$file" ] || continue
          file=${file##*/}
          printf "%s\\n" "${file%.*}"
        done
      }
      agents() {
        for file in "$state"/workflows/${1:-*}/agents/*.json; do
          [ -e "$file" ] || continue
          run=${file%/agents/*}
          name=${file##*/}
          case $name in # what no file can be called is told inside
            *"~"*) name=$(sed -n "s/.*\\"name\\":\\"\\([^\\"\\\\]*\\)\\",\\"workflow_id\\".*/\\1/p" "$file") ;;
          esac
          [ -z "$name" ] || printf "%s\\n" "${2-${run##*/}:}${name%.json}"
        done
      }
      worktrees() {
        for directory in "$state"/worktrees/*/*/; do
          [ -e "$directory" ] || continue
          directory=${directory%/}
          printf "%s\\n" "${directory##*/}"
        done
      }
      known() {
        case $1 in
          run) names "$state"/workflows/* "$state"/names/*.json ;;
          agent) known run; agents ;;
          agent-of) agents "$given" "" ;;
          issue) names "$state"/issues/*.md ;;
          issue-file) known issue; known file ;;
          file-run) known run; known file ;;
          pull) names "$state"/pulls/*/*.json ;;
          template) printf "%s\\n" @templates@; names .conductor/workflows/* "$config"/workflows/* ;;
          template-file) known template; known file ;;
          worktree) worktrees ;;
          file) printf "@files %s\\n" "$lead" ;;
          at-file) printf "@files %s@\\n" "$lead" ;;
          effect) printf "%s\\n" @effects@ ;;
          type) printf "%s\\n" @types@ ;;
          topic) printf "%s\\n" @commands@ @topics@ | sort -u ;;
          -|any) ;;
          *) echo "$1" | tr , "\\n" ;;
        esac
      }
      offer() {
        known "$1" | while IFS= read -r word; do
          case $word in
            "@files "*) printf "%s\\n" "$word" ;;
            *) printf "%s\\n" "$lead$word" ;;
          esac
        done
      }
      path=$1
      case $path in @groups@) groups=2 ;; *) groups=1 ;; esac
      if [ $# -le $groups ]; then
        if [ $# -eq 2 ]; then path=$1; else path=; fi
        at=
      else
        at=yes
        [ $groups -eq 2 ] && path="$1 $2"
        shift $groups
      fi
      commands= options= places=
      case $path in
      """;

  private static final String AFTER =
      """
      esac
      if [ -z "$at" ]; then
        printf "%s\\n" $commands
        exit
      fi
      given= previous= place=0
      while [ $# -gt 1 ]; do
        value=
        for option in $options; do [ "${option%%=*}" = "$previous" ] && value=${option#*=}; done
        case $1 in
          -*) ;;
          *) [ "${value:--}" = - ] && { place=$((place + 1)); [ -z "$given" ] && given=$1; } ;;
        esac
        previous=$1
        shift
      done
      lead=
      case $1 in
        --*=*)
          previous=${1%%=*}
          lead=$previous= ;;
      esac
      for option in $options; do
        if [ "${option%%=*}" = "$previous" ] && [ "${option#*=}" != - ]; then
          offer "${option#*=}"
          exit
        fi
      done
      case $1 in
        -*) for option in $options; do printf "%s\\n" "${option%%=*}"; done ;;
        *)
          n=0
          for kind in $places; do
            case $kind in
              *+) [ $n -le $place ] && offer "${kind%+}" ;;
              *) [ $n -eq $place ] && offer "$kind" ;;
            esac
            n=$((n + 1))
          done ;;
      esac
      """;

  /** The name of the file that the build keeps beside this class. */
  private static final String FILE = "completion.sh";

  private CompletionScript() {}

  /**
   * Returns the script that the build made of all commands' annotations ({@code
   * src/main/build/KeepAnnotations.java}), with places for words such as {@code @effects@}.
   */
  public static String kept() {
    try (InputStream file = CompletionScript.class.getResourceAsStream(FILE)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the file that {@link #kept} reads below a directory of classes. */
  public static void keep(CommandLine root, Path classes) throws IOException {
    String name = CompletionScript.class.getName().replace('.', '/');
    Files.writeString(classes.resolve(name).resolveSibling(FILE), of(root));
  }

  /** Returns a script with words in their places. */
  public static String filled(String script, Map<String, List<String>> known) {
    String filled = script;
    for (Map.Entry<String, List<String>> words : known.entrySet()) {
      filled = filled.replace("@" + words.getKey() + "@", String.join(" ", words.getValue()));
    }
    return filled;
  }

  /** Returns the script for commands, with places for words. */
  public static String of(CommandLine root) {
    var lines = new StringBuilder(BEFORE);
    lines.append("  \"\") commands=\"").append(commands(root)).append(" help\" ;;\n");
    lines.append("  \"help\") options=\"\" places=\"topic\" ;;\n");
    var groups = new ArrayList<String>();
    shown(root)
        .forEach((name, command) -> {
          Map<String, CommandLine> below = shown(command);
          if (below.isEmpty()) {
            lines.append(line(name, command));
          } else {
            groups.add(name);
            lines.append("  \"%s\") commands=\"%s\" ;;\n".formatted(name, commands(command)));
            below.forEach((child, leaf) -> lines.append(line(name + " " + child, leaf)));
          }
        });
    return lines
        .append(AFTER)
        .toString()
        .replace("@groups@", String.join("|", groups))
        .replace("@commands@", commands(root));
  }

  private static Map<String, CommandLine> shown(CommandLine command) {
    var shown = new LinkedHashMap<>(command.getSubcommands());
    shown.values().removeIf(child -> child.getCommandSpec().usageMessage().hidden());
    return shown;
  }

  private static String commands(CommandLine command) {
    return String.join(" ", shown(command).keySet());
  }

  private static String line(String path, CommandLine command) {
    var spec = command.getCommandSpec();
    String options =
        spec.options().stream()
            .flatMap(option ->
                Arrays.stream(option.names()).map(name -> name + "=" + value(path, option)))
            .collect(Collectors.joining(" "));
    String places =
        spec.positionalParameters().stream()
            .map(place -> kind(path, place) + (place.isMultiValue() ? "+" : ""))
            .collect(Collectors.joining(" "));
    return "  \"%s\") options=\"%s\" places=\"%s\" ;;\n".formatted(path, options, places);
  }

  /** {@code any} is an unknown kind, a dash none. */
  private static String value(String path, OptionSpec option) {
    if (option.arity().max() == 0) {
      return "-";
    }
    String kind = kind(path, option);
    return kind.equals("-") ? "any" : kind;
  }

  private static String kind(String path, ArgSpec argument) {
    boolean holds = argument.isMultiValue() || argument.type() == Optional.class;
    Class<?> type = holds ? argument.auxiliaryTypes()[0] : argument.type();
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(value -> value.toString().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(","));
    }
    return switch (argument.paramLabel()) {
      case "RUN" -> "run";
      case "RUN:AGENT", "RUN[:AGENT]", "RUN[:AGENT|:STEP]" -> "agent";
      case "ID" -> "issue";
      case "FILE|ID" -> "issue-file";
      case "FILE|RUN" -> "file-run";
      case "NUMBER|URL" -> "pull";
      case "TYPE" -> "type";
      case "TEMPLATE|FILE" -> "template-file";
      case "FILE" -> path.equals("check") ? "template-file" : "file";
      case "DIR", "PATH", "FILE|STRING" -> "file";
      case "JSON|@FILE" -> "at-file";
      case "NAME" ->
          switch (path) {
            case "template show" -> "template";
            case "effects" -> "effect";
            case "env path", "env shell", "env delete" -> "worktree";
            case "watch", "stop" -> "agent-of";
            default -> "-";
          };
      default -> "-";
    };
  }
}
