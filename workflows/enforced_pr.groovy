/**
 * issue -> agent -> test -> fix loop -> pull request
 *
 * The test command is really run. What it prints when it fails goes back to the agent; when it still fails after the
 * last attempt, the run fails and no pull request is opened.
 */
import conductor.flow.FixLoop
import conductor.flow.Prompts

@Param('the command that must pass, such as "mvn -q test"') String test_command
@Param('how often an agent may repair what the tests find') int max_retries = 3

def env = yield CreateWorktree(issue: issue)
yield RunAgent(env: env, prompt: Prompts.implement(issue))
FixLoop.untilGreen(env, test_command, max_retries)
return yield CreatePR(env: env, title: issue.title, body: Prompts.description(issue, ["`$test_command` passes"]))
