package conductor.effect;

/**
 * Marks a failure whose cause is a program that was killed from outside, as a machine short of
 * memory does. Since this says nothing of what was asked for, the engine has the act adopted as
 * after a restart of the host, some times, before the failure is a reply.
 */
public sealed interface Killed permits GitFailure.GitKilled {}
