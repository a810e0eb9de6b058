def late = yield Try(Ask('Well?', timeout: '100ms'))
def standard = yield Ask('Shall it?', options: ['yes', 'no'], default: 'no', timeout: '100ms')
return [late.failure().class.simpleName, standard]
