package conductor.effect;

/**
 * A failure that tells of a program that was killed from outside, as a machine short of memory
 * does. It says nothing of what was asked for: the engine has the act taken up as after a restart
 * of the host, some times, before the failure is a reply.
 */
public sealed interface Killed permits GitFailure.GitKilled {}
