yield Status('reporting')
def report = yield Report()
return report.contains('reporting')
