String log = new File(basedir, 'build.log').text
assert log.count('jasyncio rewrote 1 class') == 2: 'the classes, and the test classes'
assert log.contains('Tests run: 1, Failures: 0, Errors: 0, Skipped: 0')

Closure<List<File>> find = { File directory, String pattern ->
    List<File> found = []
    directory.eachFileRecurse { if (it.file && it.name ==~ pattern) found << it }
    found
}
List<File> agent = find(new File(localRepositoryPath, 'io/github/jasyncio/jasyncio-agent'), /jasyncio-agent-[^-]*(-SNAPSHOT)?\.jar/)
assert agent.size() == 1
String java = new File(System.getProperty('java.home'), 'bin/java').path
File written = new File(basedir, 'target/written')
Process commandLine = [java, '-jar', agent[0].path, 'transform', '-d', written.path, new File(basedir, 'target/as-compiled').path].execute()
assert commandLine.waitFor() == 0: commandLine.err.text
List<File> classes = find(new File(basedir, 'target/classes'), /.*\.class/)
assert classes.size() == 2: 'the class and its frame class'
classes.each {
    assert it.bytes == new File(written, it.path - new File(basedir, 'target/classes').path).bytes: "${it.name} differs from the command line's"
}
return true
