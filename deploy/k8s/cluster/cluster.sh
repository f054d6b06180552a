#!/usr/bin/env bash
# A Kubernetes of one node, run as processes of this machine: for where kind and minikube cannot be had.
#
#   cluster.sh up          compile what is missing, start, wait until it is ready
#   cluster.sh load IMAGE… take images from the Docker engine
#   cluster.sh down        stop it and forget its data; what was compiled stays
#
# KUBECONFIG=.local/cluster/kubeconfig kubectl …
set -euo pipefail

HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$HERE/../../.." && pwd)
RUN=${CHONSO_CLUSTER:-$ROOT/.local/cluster}
export BIN=$ROOT/.cache/kube
export KUBECONFIG=$RUN/kubeconfig
PORT=${CHONSO_CLUSTER_PORT:-16443}
ETCD=http://127.0.0.1:$((PORT + 1))
PEERS=http://127.0.0.1:$((PORT + 2))
NODE=chonso

main() {
  case ${1:-} in
    up) up ;;
    load) shift && load "$@" ;;
    down) down ;;
    *) sed -n '2,8s/^# \?//p' "$0" && exit 2 ;;
  esac
}

up() {
  needed
  "$HERE/build.sh"
  mkdir -p "$RUN"/{keys,log,pid,network}
  ADDRESS=$(hostname -I | cut -d' ' -f1)
  [ -f "$RUN/keys/ca.crt" ] || keys
  for file in containerd.toml kubelet.yaml proxy.yaml kubeconfig; do filled "$file" > "$RUN/$file"; done
  filled network.conflist > "$RUN/network/pods.conflist"
  start_control_plane
  start_node
  eventually kubectl wait --for=condition=Ready "node/$NODE" --timeout=1s
  kubectl apply -f "$HERE/dns.yaml" > "$RUN/log/dns.log"
  kubectl -n kube-system rollout status deployment/coredns --timeout=60s
}

load() { docker save "$@" | runtime images import - > "$RUN/log/load.log"; }

down() {
  if kubectl get --raw /readyz > /dev/null 2>&1; then
    kubectl delete deployment,statefulset,job,pod --all --all-namespaces --grace-period=1 --wait=false > /dev/null || true
  fi
  for process in kube-proxy kubelet kube-scheduler kube-controller-manager kube-apiserver etcd; do stop "$process"; done
  leave_nothing_running
  stop containerd
  awk -v below="$RUN/" 'index($2, below) == 1 {print $2}' /proc/self/mounts | sort -r | xargs -r umount
  for way in -i -o; do iptables -D FORWARD "$way" chonso0 -j ACCEPT 2> /dev/null || true; done
  ip link delete chonso0 2> /dev/null || true
  rm -rf "$RUN"
}

needed() {
  local program missing=()
  for program in go docker containerd runc kubectl openssl iptables nft conntrack; do
    command -v "$program" > /dev/null || missing+=("$program")
  done
  [ -x /usr/lib/cni/bridge ] || missing+=("containernetworking-plugins")
  [ "$(id -u)" = 0 ] || missing+=("root")
  [ ${#missing[@]} = 0 ] || { echo "A cluster on this machine needs: ${missing[*]}" >&2; exit 1; }
}

keys() { # one authority for whoever serves and whoever asks, good for a month
  cd "$RUN/keys"
  openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 30 -subj /CN=cluster 2> /dev/null
  openssl genrsa -out accounts.key 2048 2> /dev/null
  signed server /CN=kube-apiserver "DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:localhost,IP:127.0.0.1,IP:10.96.0.1,IP:$ADDRESS"
  signed admin /O=system:masters/CN=admin DNS:admin
  cd - > /dev/null
}

signed() { # name, subject, other names
  openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -subj "$2" 2> /dev/null |
    openssl x509 -req -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -extfile <(echo "subjectAltName=$3") -out "$1.crt" 2> /dev/null
}

start_control_plane() {
  start etcd --data-dir "$RUN/etcd" --listen-client-urls "$ETCD" --advertise-client-urls "$ETCD" \
    --listen-peer-urls "$PEERS" --initial-advertise-peer-urls "$PEERS" --initial-cluster "default=$PEERS"
  start kube-apiserver --etcd-servers "$ETCD" --secure-port "$PORT" --advertise-address "$ADDRESS" \
    --client-ca-file "$RUN/keys/ca.crt" --tls-cert-file "$RUN/keys/server.crt" --tls-private-key-file "$RUN/keys/server.key" \
    --kubelet-client-certificate "$RUN/keys/admin.crt" --kubelet-client-key "$RUN/keys/admin.key" --kubelet-preferred-address-types InternalIP \
    --service-account-key-file "$RUN/keys/accounts.key" --service-account-signing-key-file "$RUN/keys/accounts.key" \
    --service-account-issuer https://kubernetes.default.svc --service-cluster-ip-range 10.96.0.0/16 --authorization-mode Node,RBAC
  eventually kubectl get --raw /readyz
  start kube-controller-manager --kubeconfig "$KUBECONFIG" --bind-address 127.0.0.1 --leader-elect=false \
    --root-ca-file "$RUN/keys/ca.crt" --service-account-private-key-file "$RUN/keys/accounts.key"
  start kube-scheduler --kubeconfig "$KUBECONFIG" --bind-address 127.0.0.1 --leader-elect=false
}

start_node() {
  # A Docker engine drops whatever is forwarded, and what passes a bridge counts as that.
  for way in -i -o; do iptables -C FORWARD "$way" chonso0 -j ACCEPT 2> /dev/null || iptables -I FORWARD "$way" chonso0 -j ACCEPT; done
  start containerd --config "$RUN/containerd.toml"
  eventually runtime version
  packed pause
  packed coredns
  start kubelet --config "$RUN/kubelet.yaml" --kubeconfig "$KUBECONFIG" --root-dir "$RUN/kubelet" --hostname-override "$NODE" --node-ip "$ADDRESS"
  start kube-proxy --config "$RUN/proxy.yaml"
}

packed() { # a program of ours as an image of one file
  [ -z "$(runtime images ls -q "name~=cluster/$1:1")" ] || return 0
  tar -C "$BIN" -c "$1" | docker import --change "ENTRYPOINT [\"/$1\"]" - "cluster/$1:1" > /dev/null
  load "cluster/$1:1"
}

filled() { sed "s#@RUN@#$RUN#g; s#@PORT@#$PORT#g" "$HERE/$1"; }

runtime() { ctr --address "$RUN/containerd.sock" --namespace k8s.io "$@"; }

start() { # program, its words: in a session of its own, so that it outlives this one
  local name=$1 program
  program=$(command -v "$BIN/$name" || command -v "$name")
  [ ! -f "$RUN/pid/$name" ] || ! kill -0 "$(cat "$RUN/pid/$name")" 2> /dev/null || return 0
  setsid "$program" "${@:2}" > "$RUN/log/$name.log" 2>&1 < /dev/null &
  echo $! > "$RUN/pid/$name"
}

stop() { # politely for four seconds: the API server alone would wait a minute for those who watch it
  [ -f "$RUN/pid/$1" ] || return 0
  local pid
  pid=$(cat "$RUN/pid/$1")
  kill "$pid" 2> /dev/null || true
  timeout 4 tail --pid="$pid" -f /dev/null || kill -9 "$pid" 2> /dev/null || true
  rm -f "$RUN/pid/$1"
}

leave_nothing_running() { # with the kubelet gone, pods would run on without anybody
  local container
  for container in $(runtime tasks ls -q 2> /dev/null); do runtime tasks kill --signal 9 "$container" 2> /dev/null || true; done
  for container in $(runtime containers ls -q 2> /dev/null); do
    runtime tasks delete --force "$container" > /dev/null 2>&1 || true
    runtime containers delete "$container" > /dev/null 2>&1 || true
  done
}

eventually() {
  local deadline=$((SECONDS + 90))
  until "$@" > /dev/null 2>&1; do
    [ $SECONDS -lt $deadline ] || { echo "Still not so: $*; see $RUN/log" >&2; exit 1; }
    sleep 0.3
  done
}

main "$@"
