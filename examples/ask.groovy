/** Asks a person. The run is blocked until 'conductor answer', or until the time is over. */
@Param('how long to wait for an answer') String patience = '1s'

def answer = yield Ask(prompt: 'Ship it?', options: ['yes', 'no'], default: 'no', timeout: patience)
return answer == 'yes' ? 'shipped' : 'not shipped'
