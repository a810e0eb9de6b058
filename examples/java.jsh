/** The basic workflow in Java: parallel worktrees, agents, and a merge. Named arguments are with... methods. */
@Param("how the worktrees are told apart") String suffixes = "impl,tests";

WorktreeEnv worktree(String suffix) {
  return perform(CreateWorktree(issue).withSuffix(suffix));
}

String worked(WorktreeEnv env) {
  perform(RunAgent(env, issue.body()).withTimeout("5m"));
  return env.branch().replaceAll("-wf-.*", "");
}

var envs = new ArrayList<WorktreeEnv>();
for (var suffix : suffixes.split(",")) {
  envs.add(worktree(suffix));
}

// Branches are effects or lambdas; their replies come back in order.
List<String> done = perform(Gather(() -> worked(envs.get(0)), () -> worked(envs.get(1))));
perform(Status("merging " + done));

try {
  perform(MergeBranches(envs));
} catch (MergeConflict e) {
  perform(Status("both wrote " + e.files));
}
String.join(", ", done)
