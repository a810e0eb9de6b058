// Plays the agents of 'conductor demo'. 'conductor run' takes it like any other agent:
//   agents: {scripted: {script: examples/demo/agent.groovy}}

def slug(String command) {
  """\
#!/bin/sh
# Makes the slug of a title: slug.sh 'Hello World' prints hello-world
printf '%s\\n' "\$*" | tr 'A-Z' 'a-z' | $command
"""
}

pause 1
switch (agent) {
  case 'impl':
    // Wrong: a title that ends with punctuation gets a dash at its end.
    write 'slug.sh', slug("tr -cs 'a-z0-9\\n' '-'")
    say 'Everything that is no letter or digit is now a dash.'
    break
  case 'tests':
    write 'tests/punctuation.txt', "What?  A gap!\twhat-a-gap\n...dots...\tdots\n"
    say 'Added tests for gaps, and for punctuation at both ends.'
    break
  case ~/fix-.*/:
    def complaint = prompt.readLines().find { it.contains('expected') } ?: fail('no test failed')
    write 'slug.sh', slug("tr -cs 'a-z0-9\\n' '-' | sed 's/^-//; s/-\$//'")
    say "Repaired: $complaint"
    break
  default:
    say "I am $agent, and I have nothing to do."
}
