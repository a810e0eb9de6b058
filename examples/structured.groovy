/** Asks an agent for data. An answer that does not fit the schema is asked for again, with what is wrong with it. */
def env = yield CreateWorktree(name: 'risk')
def verdict = yield RunAgent(
    env: env,
    prompt: 'How risky is a change of the file README.md?',
    output_format: [
        type: 'object',
        properties: [risk: [enum: ['low', 'medium', 'high']], why: [type: 'string']],
        required: ['risk', 'why'],
    ],
)
return "${verdict.risk}: ${verdict.why}"
