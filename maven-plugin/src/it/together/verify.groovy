import groovy.xml.XmlParser

String log = new File(basedir, 'build.log').text
String core = new File(localRepositoryPath, 'io/github/jasyncio/jasyncio-core').listFiles().find { it.directory }
        .listFiles().find { it.name =~ /\d(-SNAPSHOT)?\.jar$/ }.path
String home = System.getProperty('java.home')

String run(String home, String... arguments) {
    Process program = new ProcessBuilder([home + '/bin/java', *arguments]).redirectErrorStream(true).start()
    String output = program.inputStream.text.replace(System.lineSeparator(), '\n')
    assert program.waitFor() == 0: output
    return output
}

String classes(String module) {
    return new File(basedir, "${module}/target/classes").path
}

int majorVersion(String module, String name) {
    return new File(classes(module), "shop/${name}.class").bytes[7]
}

assert !log.contains('not marked as thread-safe') && !log.contains('not marked @threadSafe')

// the class files that the rewriting makes are of the version of the others
File frame = new File(classes('java8'), 'shop').listFiles().find { it.name.startsWith('Prices$price$async$') }
assert frame.bytes[7] == 52 && majorVersion('java8', 'Prices') == 52

// app: tests, and everything in one jar, our runtime under another name
assert log.contains('Tests run: 1, Failures: 0, Errors: 0, Skipped: 0')
assert run(home, '-jar', new File(basedir, 'app/target/app-1-shaded.jar').path) == 'price 10, price 20\n'

assert run(home, '-p', core + File.pathSeparator + classes('modular'), '-m', 'shop/shop.Main') == 'in module shop\n'

assert run(home, '-cp', core + File.pathSeparator + classes('lombok'), 'shop.Order') ==
        'closed 4\nOrder(item=apples, amount=4)\njava.io.IOException: checked\n'

// JaCoCo: lines of async methods are covered if they ran, and missed if they did not
for (String module : ['covered', 'offline']) {
    XmlParser parser = new XmlParser()
    parser.setFeature('http://apache.org/xml/features/nonvalidating/load-external-dtd', false)
    parser.setFeature('http://apache.org/xml/features/disallow-doctype-decl', false)
    Node report = parser.parse(new File(basedir, "${module}/target/site/jacoco/jacoco.xml"))
    Map<Integer, Boolean> covered = report.package.sourcefile.find { it.@name == 'Orders.java' }.line
            .collectEntries { [it.@nr as int, (it.@ci as int) > 0] }
    List<String> source = new File(basedir, "${module}/src/main/java/shop/Orders.java").readLines()
    List<String> missed = covered.findAll { !it.value }.keySet().sort().collect { source[it - 1].trim() }
    assert missed == [
            'price = await(rebate(price));',
            'throw new IllegalStateException("no test comes here: " + price);',
            'await(sleep(Duration.ZERO));',
            'return Coroutine.of(price - 1);',
            'throw new IllegalStateException("no test comes here, either");'
    ]: module
    assert covered.count { it.value } == 6: module
}

File config = new File(basedir, '.mvn/maven.config')
if (config.text.isEmpty()) {
    println 'JDK 25 not found: nothing is tested on it; set JASYNCIO_JDK25 to its home'
} else {
    String home25 = config.text.trim() - '-Djdk25='
    assert majorVersion('java25', 'Main') == 69
    assert run(home25, '-cp', core + File.pathSeparator + classes('java25'), 'shop.Main') == '3 of apples on 25\n'
}
return true
