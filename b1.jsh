var v = List.of("", 0);
String res = "a" + v;
res
