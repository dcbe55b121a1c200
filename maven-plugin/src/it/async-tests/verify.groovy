String log = new File(basedir, 'build.log').text
assert log.count('jasyncio rewrote 1 class') == 2: 'the classes, and the test classes'
assert log.contains('Tests run: 1, Failures: 0, Errors: 0, Skipped: 0')
return true
