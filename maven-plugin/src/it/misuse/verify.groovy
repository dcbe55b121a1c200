String log = new File(basedir, 'build.log').text
String sources = new File(basedir, 'src/main/java/shop').path

assert log.contains("${sources}${File.separator}Orders.java:[13,0] shop.Orders.<init>: ")
assert log.contains("${sources}${File.separator}Orders.java:[19,0] shop.Orders.locked: ")
assert log.contains("${sources}${File.separator}Stock.java:[10,0] shop.Stock.amount: ")
assert log.contains('jasyncio found errors:')
return true
