#!/usr/bin/env bash
# A cluster on this machine, and one version deployed to it: for people who have docker, kind, kubectl and helm.
#   REGISTRY_IMAGE=registry@sha256:… ENVOY_GATEWAY=1.6.0 src/docs/kubernetes-on-kind.sh
set -euo pipefail
: "${REGISTRY_IMAGE:?the image of a registry, by its digest}" "${ENVOY_GATEWAY:?the version of Envoy Gateway}"
cd "$(dirname "$0")/../.."
for tool in docker kind kubectl helm; do
  command -v "$tool" > /dev/null || { echo "$tool is not installed" >&2; exit 2; }
done

# A registry that both this machine and the cluster's node know as localhost:5001.
docker inspect mlops-registry > /dev/null 2>&1 || docker run --detach --publish 127.0.0.1:5001:5000 --name mlops-registry "$REGISTRY_IMAGE"
kind get clusters | grep --quiet --line-regexp mlops || kind create cluster --name mlops --config - << 'CONFIG'
kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
containerdConfigPatches:
- |-
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "/etc/containerd/certs.d"
CONFIG
docker exec mlops-control-plane mkdir -p /etc/containerd/certs.d/localhost:5001
docker exec --interactive mlops-control-plane cp /dev/stdin /etc/containerd/certs.d/localhost:5001/hosts.toml \
  <<< '[host."http://mlops-registry:5000"]'
docker network connect kind mlops-registry 2> /dev/null || true

# Gateway API and a gateway.
helm upgrade --install envoy-gateway oci://docker.io/envoyproxy/gateway-helm --version "$ENVOY_GATEWAY" --namespace envoy-gateway-system --create-namespace --wait
kubectl apply --filename - << 'GATEWAY'
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: envoy}
spec: {controllerName: gateway.envoyproxy.io/gatewayclass-controller}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: default}
spec:
  gatewayClassName: envoy
  listeners: [{name: http, port: 80, protocol: HTTP}]
GATEWAY

cluster=(--environment kubernetes --kube-context kind-mlops --gateway default/edge --registry localhost:5001/models)
./build.sh Train Deploy "${cluster[@]}" --no-image false
kubectl get deployments,services,httproutes,horizontalpodautoscalers --selector app.kubernetes.io/managed-by=mlopsbuild
# Whatever its gates and its canary decide: 3 says no, 4 says that it cannot tell.
./build.sh Train Deploy "${cluster[@]}" --no-image false --set trees=50 || case $? in 3 | 4) ;; *) exit 1 ;; esac
./build.sh Status "${cluster[@]}"
./build.sh Rollback "${cluster[@]}" --reason "a rehearsal" || echo "nothing to go back to: the second version was refused"
./build.sh Stop "${cluster[@]}"
echo "kind delete cluster --name mlops && docker rm --force mlops-registry takes everything away"
