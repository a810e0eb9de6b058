package conductor.cli.command;

import conductor.cli.view.CompletionScript;

/**
 * The supported shells. Each wrapper splits the line into words as its shell does, without quotes,
 * asks the {@link CompletionScript} for the words that fit, and inserts the chosen word with quotes
 * again.
 */
public enum CompletionShell {
  BASH(
      """
      _conductor_words='@script@'
      # words: those before the cursor, the last one unfinished; quote: the one that is open
      _conductor_split() {
        local line=$1 word= begun= char i
        words=() quote=
        for ((i = 0; i < ${#line}; i++)); do
          char=${line:i:1}
          case $quote$char in
            ' ' | $'\\t' | $'\\n')
              [[ $begun ]] && words+=("$word")
              word= begun=
              continue ;;
            \\' | \\") quote=$char ;;
            "''" | '""') quote= ;;
            \\\\ | '"\\')
              ((i++))
              [[ $quote && ${line:i:1} != [\\"\\\\\\$\\`] ]] && word+=\\\\
              word+=${line:i:1} ;;
            *) word+=$char ;;
          esac
          begun=yes
        done
        words+=("$word")
      }
      _conductor_files() {
        local lead=$1 path=${current#"$1"} file home=
        [[ $path == '~/'* && ! $quote ]] && home=$HOME/ path=${path#'~/'}
        while IFS= read -r file; do
          [[ -e $file || -L $file ]] || continue
          [[ $home ]] && file='~/'${file#"$home"}
          [[ $lead$file == "$current"* ]] && COMPREPLY+=("$lead$file")
        done < <(set +f; shopt -u failglob; printf '%s\\n' "$home$path"*)
        compopt -o filenames 2> /dev/null
      }
      _conductor() {
        local words quote current word all files= prefix=
        _conductor_split "${COMP_LINE:0:COMP_POINT}"
        current=${words[${#words[@]}-1]}
        COMPREPLY=()
        all=$(sh -c "$_conductor_words" sh "${words[@]:1}")
        while IFS= read -r word; do
          case $word in
            '@files '*)
              files=yes
              _conductor_files "${word#* }" ;;
            '') ;;
            "$current"*) COMPREPLY+=("$word") ;;
          esac
        done <<< "$all"
        while [[ ! $quote && ${current#"$prefix"} =~ ^[^:=]*[:=] ]]; do
          [[ $COMP_WORDBREAKS == *"${BASH_REMATCH: -1}"* ]] || break
          prefix+=$BASH_REMATCH
        done
        for word in "${!COMPREPLY[@]}"; do
          COMPREPLY[word]=${COMPREPLY[word]#"$prefix"}
          [[ $files || $quote ]] || printf -v "COMPREPLY[word]" %q "${COMPREPLY[word]}"
        done
      }
      complete -o nosort -F _conductor conductor
      """),

  ZSH(
      """
      _conductor_words='@script@'
      _conductor() {
        local -a all
        local word lead
        all=("${(@f)$(sh -c "$_conductor_words" sh "${(@Q)words[2,CURRENT]}")}")
        compadd -- ${all:#@files *}
        for word in ${(M)all:#@files *}; do
          lead=${word#* }
          if [[ -z $lead ]]; then
            _files
          elif compset -P "$lead"; then
            _files
          else
            _files -P "$lead"
          fi
        done
      }
      compdef _conductor conductor
      """),

  FISH(
      """
      set -g _conductor_words '@script@'
      function __conductor_complete
          set -l words (commandline -opc)
          set -l current (commandline -ct)
          for word in (sh -c $_conductor_words sh $words[2..-1] $current)
              if string match -q -- '@files *' $word
                  set -l lead (string sub -s 8 -- $word)
                  set -l path $current
                  if test -n "$lead"; and string match -q -- "$lead*" $current
                      set path (string sub -s (math (string length -- $lead) + 1) -- $current)
                  end
                  for file in (complete -C "'' $path")
                      echo $lead$file
                  end
              else
                  echo $word
              end
          end
      end
      complete -c conductor -f -a '(__conductor_complete)'
      """);

  private final String wrapper;

  CompletionShell(String wrapper) {
    this.wrapper = wrapper;
  }

  String around(String script) {
    return wrapper.replace("@script@", script).strip();
  }
}
