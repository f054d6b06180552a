#!/usr/bin/env bash
# The programs of a one-node Kubernetes, compiled from their Go modules into $BIN. What is there in the wanted version is not compiled again.
set -euo pipefail

BIN=${BIN:?a folder for the programs}
KUBERNETES=1.35.4
ETCD=3.6.16
COREDNS=1.12.4

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$BIN"

kubernetes_module() { # go.mod: Kubernetes keeps its libraries in its own tree and publishes them beside it as v0.x, where `replace` has to point
  local published
  published=$(go mod download -json "k8s.io/kubernetes@v$KUBERNETES" | sed -n 's/^.*"GoMod": "\(.*\)".*$/\1/p')
  grep -E '^go ' "$published"
  echo "require k8s.io/kubernetes v$KUBERNETES"
  sed -n 's#^.*\(k8s\.io/[a-z0-9-]*\) => \./staging/.*$#\1#p' "$published" | sort -u | while read -r library; do
    echo "replace $library => $library v0.${KUBERNETES#1.}"
  done
}

compile() { # program, package, version, flags of the linker, what writes the rest of go.mod: a module of our own, since one with `replace` cannot be installed by name
  local program=$1 package=$2 version=$3 flags=$4 module=$5
  [ "$(cat "$BIN/$program.version" 2>/dev/null)" = "$version" ] && return
  echo "compiling $program $version"
  mkdir -p "$work/$program"
  (
    cd "$work/$program"
    { echo "module cluster"; $module; } > go.mod
    printf '//go:build never\n\npackage never\n\nimport _ "%s"\n' "$package" > needs.go
    go mod tidy > tidy.log 2>&1 || { cat tidy.log >&2; exit 1; }
    CGO_ENABLED=0 go build -trimpath -ldflags "-s -w $flags" -o "$BIN/$program" "$package"
  )
  echo "$version" > "$BIN/$program.version"
}

etcd_module() { printf 'go 1.25.0\nrequire go.etcd.io/etcd/server/v3 v%s\n' "$ETCD"; }
coredns_module() { printf 'go 1.25.0\nrequire github.com/coredns/coredns v%s\n' "$COREDNS"; }

# Without a version of its own the API server calls itself one that no client can read.
named=k8s.io/component-base/version
named="-X $named.gitVersion=v$KUBERNETES -X $named.gitMajor=1 -X $named.gitMinor=$(cut -d. -f2 <<< "$KUBERNETES")"
for program in kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy; do
  compile "$program" "k8s.io/kubernetes/cmd/$program" "$KUBERNETES" "$named" kubernetes_module
done
compile etcd go.etcd.io/etcd/server/v3 "$ETCD" "" etcd_module
compile coredns github.com/coredns/coredns "$COREDNS" "" coredns_module

# What holds the network of a pod open: a process that waits for its end.
pause() {
  mkdir -p "$work/pause"
  cd "$work/pause"
  printf 'module pause\ngo 1.25\n' > go.mod
  cat > main.go << 'GO'
package main

import (
	"os"
	"os/signal"
	"syscall"
)

func main() {
	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGINT, syscall.SIGTERM)
	<-told
}
GO
  CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o "$BIN/pause"
}
[ -x "$BIN/pause" ] || (pause)
