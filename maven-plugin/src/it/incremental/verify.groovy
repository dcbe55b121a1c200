// name -> time and size, of what a build left
Map<String, List<Long>> after(int step) {
    File[] files = new File(basedir, "target/after-${step}/shop").listFiles()
    return files.collectEntries { [it.name.replaceAll(/async\$\d+/, 'async'), [it.lastModified(), it.length()]] }
}

Set<String> names = ['Orders.class', 'Orders$total$async.class', 'Orders$price$async.class', 'Stock.class', 'Stock$amount$async.class']
assert after(1).keySet() == names
assert after(2) == after(1): 'a second build changes nothing'

assert after(3).keySet() == names - 'Orders$price$async.class': 'no class needs that any more'
for (String name : ['Stock.class', 'Stock$amount$async.class']) {
    assert after(3)[name] == after(1)[name]: "${name} did not change"
}
assert after(3)['Orders.class'] != after(1)['Orders.class']

String log = new File(basedir, 'build.log').text
assert log.count('jasyncio rewrote 2 classes') == 1: 'in the first build'
assert log.count('jasyncio rewrote 1 class') == 1: 'in the third'

String core = new File(localRepositoryPath, 'io/github/jasyncio/jasyncio-core').listFiles().find { it.directory }
        .listFiles().find { it.name =~ /\d(-SNAPSHOT)?\.jar$/ }.path
String java = new File(System.getProperty('java.home'), 'bin/java').path
String classPath = [new File(basedir, 'target/classes').path, core].join(File.pathSeparator)
Process program = new ProcessBuilder(java, '-cp', classPath, 'shop.Orders').redirectErrorStream(true).start()
String output = program.inputStream.text
assert program.waitFor() == 0: output
assert output.trim() == 'total 21'
return true
