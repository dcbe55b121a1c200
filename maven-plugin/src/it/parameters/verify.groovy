// the log of all builds, in their order
String[] logs = new File(basedir, 'build.log').text.split('Scanning for projects')
assert logs.length == 6
String warning = "${new File(basedir, 'src/main/java/shop/Slow.java').path}:[12] shop.Slow.stallsTheLoop: Thread.sleep blocks"

assert logs[1].count('jasyncio is skipped (jasyncio.skip)') == 2: 'by check and by transform'

// includes and excludes
assert logs[2].contains('[INFO] rewrote shop.Quick')
assert logs[2].contains('[INFO] jasyncio rewrote 1 class')
assert !logs[2].contains('[WARNING] ' + warning)

// check, which comes first, fails on the warning, and nothing is written
assert logs[3].contains('[ERROR] ' + warning)
assert logs[3].contains('jasyncio found 1 error, which stands above')
assert !logs[3].contains('jasyncio rewrote')

// check and transform warn; what was rewritten already is not rewritten again
assert logs[4].count('[WARNING] ' + warning) == 2
// a file of the project's names another call
assert logs[4].count('shop.Slow.stallsTheLoop: Slow.sleepsLong blocks') == 2
assert logs[4].contains('[INFO] would rewrite shop.Slow')
assert logs[4].contains('[INFO] rewrote shop.Slow')
assert logs[4].contains('[INFO] rewrote stock.Other')
assert logs[4].contains('[INFO] jasyncio rewrote 2 classes')

for (String goal : ['transform', 'transform-tests', 'check', 'help']) {
    assert logs[5] =~ /\njasyncio:${goal}\s/
}

// what an installation leaves in the local repository, here of this module; the others inherit it
File installed = new File(localRepositoryPath, 'io/github/jasyncio/jasyncio-maven-plugin').listFiles().find { it.directory }
for (String kind : ['sources', 'javadoc']) {
    assert installed.list().count { it.endsWith("-${kind}.jar") } == 1: kind
}

// Eclipse has to know what to do with each goal that it may meet in a lifecycle
File plugin = new File(localRepositoryPath, 'io/github/jasyncio/jasyncio-maven-plugin').listFiles().find { it.directory }
        .listFiles().find { it.name =~ /\d(-SNAPSHOT)?\.jar$/ }
new java.util.zip.ZipFile(plugin).withCloseable { jar ->
    String metadata = jar.getInputStream(jar.getEntry('META-INF/m2e/lifecycle-mapping-metadata.xml')).text
    assert (metadata =~ /<goal>(.*)<\/goal>/).collect { it[1] } == ['transform', 'transform-tests', 'check']
}
return true
