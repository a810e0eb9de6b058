/** a release: tag -> push -> publish -> announce; when a step fails, those before it are undone, last first */
import conductor.flow.Saga

@Param('the version, such as v1.2.0') String version
@Param('publishes it; gets the version as $1') String publish
@Param('takes it back; gets the version as $1') String unpublish
@Param('tells the world; gets the version as $1') String announce

def env = yield CreateWorktree(name: 'release')
def git = { String... words -> yield Exec(command: ['git', *words], env: env, check: true) }
def sh = { command -> yield Exec(command: ['sh', '-c', command, 'release', version], env: env, check: true) }

return Saga.run { saga ->
  saga.step('tag', { git('tag', version) }, { git('tag', '--delete', version) })
  saga.step('push', { git('push', '--quiet', 'origin', "refs/tags/$version") }, { git('push', '--quiet', '--delete', 'origin', "refs/tags/$version") })
  saga.step('publish', { sh(publish) }, { sh(unpublish) })
  saga.step('announce') { sh(announce) }
  "$version is released"
}
