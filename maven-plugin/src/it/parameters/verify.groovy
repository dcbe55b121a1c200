// the log of all builds; each names its goals at its end or beginning, so it is read as a whole, in its order
String log = new File(basedir, 'build.log').text
String warning = "src${File.separator}main${File.separator}java${File.separator}shop${File.separator}Slow.java:[12,0] shop.Slow.stallsTheLoop: Thread.sleep blocks"

int skipped = log.indexOf('jasyncio is skipped (jasyncio.skip)')
int failed = log.indexOf('jasyncio found errors:')
int wouldRewrite = log.indexOf('would rewrite shop.Slow')
int rewrote = log.indexOf(' rewrote shop.Slow')
assert 0 <= skipped
assert skipped < failed
assert failed < wouldRewrite
assert wouldRewrite < rewrote
// check finds it in the failed build, where transform is not reached, and both find it in the last one
assert log.substring(0, failed).count("[ERROR] ${basedir}${File.separator}${warning}") == 1
assert log.substring(failed).count("[WARNING] ${basedir}${File.separator}${warning}") == 2
// a file of the project's names another call, in the last build only
assert log.count('shop.Slow.stallsTheLoop: Slow.sleepsLong blocks') == 2
assert log.count('jasyncio:transform-tests')
return true
