/**
 * NAME: an agent works on an issue, a command checks the result, a person decides.
 *
 * The first doc comment is the description that 'conductor template list' shows. Run it with
 *   conductor run NAME --issue issue.md --param 'check=sh test.sh'
 */

// A parameter without a default value is required; 'conductor run' checks names and types before anything starts.
@Param("a command that must pass; none checks nothing") String check = null;
@Param("whether a person is asked before the pull request") boolean ask = false;

// Each perform hands an effect to the engine. Its reply is written down: a run that is killed goes on from there.
// What may be left out is given by with... methods; 'conductor effects RunAgent' lists them.
var env = perform(CreateWorktree(issue));
perform(RunAgent(env, issue.body()));

// Loops, conditions, methods and try/catch are plain Java.
if (check != null) {
  var result = perform(Exec(check).withEnv(env));
  if (!result.passed()) {
    perform(RunAgent(env, "'" + check + "' fails, repair it:\n" + result.output()));
    perform(Exec(check).withEnv(env).withCheck(true)); // fails the run when it still does not pass
  }
}

boolean propose = !ask
    || perform(Ask("Open a pull request for '" + issue.title() + "'?").withOptions(List.of("yes", "no"))).equals("yes");

// The value of the last expression is the result.
propose ? perform(CreatePR(env, issue.title())) : "kept in " + env.branch()
