#!/usr/bin/env bash
# Lays the commands of some modules out as an image has them: TARGET/lib with every library once, TARGET/commands, and
# TARGET/tokenwatt, which starts them. Modules must have been packaged.
#
#   deploy/images/lay-out.sh TARGET MODULE...
#   deploy/images/lay-out.sh --flink TARGET MODULE     # what Flink's own distribution does not hold, flat
set -eu

die() { echo "lay-out.sh: $*" >&2; exit 1; }

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
flink=''
if [ "${1-}" = --flink ]; then
  flink=yes
  shift
fi
[ $# -ge 2 ] || die "usage: lay-out.sh [--flink] TARGET MODULE..."
target=$1
shift

# One path a line, the module's own jar first.
jars() {
  local own stamp=$root/$1/target/classpath.txt
  own=$(find "$root/$1/target" -maxdepth 1 -name "$1-*.jar" ! -name '*-sources.jar' 2>/dev/null | head -n 1)
  [ -n "$own" ] && [ -f "$stamp" ] || die "module $1 is not packaged: mvn -B -Dquick -pl $1 -am package"
  echo "$own"
  tr ':' '\n' <"$stamp"
}

# Flink's own, and the logging that it brings: two of them would quarrel.
ours() { grep -Ev '/(flink-(core|runtime|streaming|clients|rpc|metrics|annotations|shaded|file|hadoop|queryable|datastream|connector-(base|datagen))[^/]*|(logback|log4j|slf4j|kryo|minlog|reflectasm|objenesis|javassist|async-profiler)-[^/]*)\.jar$'; }

if [ -n "$flink" ]; then
  mkdir -p "$target"
  list=$(jars "$1" | ours)
  for jar in $list; do cp "$jar" "$target/"; done
  mv "$target/$1"-*.jar "$target/$1.jar"
  exit 0
fi

mkdir -p "$target/lib"
: >"$target/commands"
for module; do
  list=$(jars "$module")
  names=''
  for jar in $list; do
    cp "$jar" "$target/lib/"
    names=$names:$(basename "$jar")
  done
  echo "${names#:}" >"$target/lib/$module.classpath"
  sed -n '/^commands()/,/^TABLE/p' "$root/tokenwatt" | grep "^[a-z-]*|$module|" >>"$target/commands" \
    || die "module $module has no command"
done
cp "$root/deploy/images/tokenwatt" "$target/tokenwatt"
chmod 755 "$target/tokenwatt"
