package conductor.cli;

import conductor.agent.AgentCatalog;
import conductor.app.Scripts;
import conductor.template.Templates;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Completion for shells. */
@Command(
    name = "completion",
    description = {
      "Prints what makes a shell complete commands, options, and the runs, agents, issues, templates and pull requests"
          + " there are when TAB is pressed."
    },
    footer = {
      "",
      "Examples:",
      "  source <(conductor completion bash)      # in ~/.bashrc",
      "  source <(conductor completion zsh)       # in ~/.zshrc, after compinit",
      "  conductor completion fish | source       # in ~/.config/fish/config.fish"
    })
final class CompletionCommand extends Subcommand {

  /** The shells that are spoken. */
  enum Language {
    BASH,
    ZSH,
    FISH
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "SHELL",
      description = "bash, zsh or fish; default: bash")
  Language language = Language.BASH;

  @Override
  public Integer call() {
    var line = new CommandLine(CommandLine.Model.CommandSpec.create().name("conductor"));
    Main.commands().forEach((name, command) -> line.addSubcommand(name, command.get()));
    String script = wrapped(new CompletionScript(line, known()).text());
    print(
        Map.of("shell", language.name().toLowerCase(Locale.ROOT), "script", script),
        List.of(script));
    return Exit.OK;
  }

  /** What is the same wherever TAB is pressed. */
  private Map<String, List<String>> known() {
    List<String> effects = new Scripts(places()).effects(false).vocabulary().words();
    AgentCatalog agents = conductor(Map.of()).agents();
    List<String> templates =
        new Scripts(places())
            .templates().all().stream()
                .filter(template -> !template.origin().equals("project"))
                .map(Templates.Template::name)
                .toList();
    return Map.of("effects", effects, "types", agents.types(), "templates", templates);
  }

  private String wrapped(String script) {
    String wrapper =
        switch (language) {
          case BASH ->
              """
              _conductor_words='%s'
              _conductor() {
                local line=${COMP_LINE:0:COMP_POINT} words all current prefix
                IFS=' ' read -ra words <<< "$line"
                [[ $line == *' ' ]] && words+=("")
                current=${words[${#words[@]}-1]}
                all=$(sh -c "$_conductor_words" sh "${words[@]:1}")
                local IFS=$'\\n'
                COMPREPLY=($(compgen -W "${all//@files/}" -- "$current"))
                [[ $all == *@files* ]] && COMPREPLY+=($(compgen -f -- "$current"))
                if [[ $current == *:* && $COMP_WORDBREAKS == *:* ]]; then
                  prefix=${current%%"${current##*:}"}
                  COMPREPLY=("${COMPREPLY[@]#"$prefix"}")
                fi
              }
              complete -o filenames -o nosort -F _conductor conductor
              """;
          case ZSH ->
              """
              _conductor_words='%s'
              _conductor() {
                local -a all
                all=("${(@f)$(sh -c "$_conductor_words" sh "${(@)words[2,CURRENT]}")}")
                (( ${all[(Ie)@files]} )) && _files
                compadd -- ${all:#@files}
              }
              compdef _conductor conductor
              """;
          case FISH ->
              """
              set -g _conductor_words '%s'
              function __conductor_complete
                  set -l words (commandline -opc) (commandline -ct)
                  for word in (sh -c $_conductor_words sh $words[2..-1])
                      if test $word = @files
                          __fish_complete_path (commandline -ct)
                      else
                          echo $word
                      end
                  end
              end
              complete -c conductor -f -a '(__conductor_complete)'
              """;
        };
    return wrapper.formatted(script).strip();
  }
}
