String log = new File(basedir, 'build.log').text
String sources = new File(basedir, 'src/main/java/shop').path

// each mistake once, with its line and no column, which nobody knows
for (String place : ['Orders.java:[13] shop.Orders.<init>: ', 'Orders.java:[19] shop.Orders.locked: ', 'Stock.java:[10] shop.Stock.amount: ']) {
    assert log.count("${sources}${File.separator}${place}") == 1: place
}
assert log.contains('jasyncio found 3 errors, which stand above')
return true
