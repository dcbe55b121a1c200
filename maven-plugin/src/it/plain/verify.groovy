String log = new File(basedir, 'build.log').text
assert log.count('jasyncio rewrote 1 class') == 1: 'rewritten in the first build, and not again in the second'

File repository = new File(localRepositoryPath, 'io/github/jasyncio/jasyncio-core')
List<String> core = []
repository.eachFileRecurse { if (it.name ==~ /jasyncio-core-[^-]*(-SNAPSHOT)?\.jar/) core << it.path }
assert core.size() == 1

String java = new File(System.getProperty('java.home'), 'bin/java').path
String classPath = [new File(basedir, 'target/classes').path, core[0]].join(File.pathSeparator)
Process program = new ProcessBuilder(java, '-cp', classPath, 'shop.Orders').redirectErrorStream(true).start()
String output = program.inputStream.text
assert program.waitFor() == 0: output
assert output.trim() == 'total 30'
return true
