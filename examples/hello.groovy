/** Says hello: the smallest workflow. */
@Param('whom to greet') String name = 'world'

yield Status('greeting')
return "Hello, $name!"
