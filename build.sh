#!/usr/bin/env bash
# Finds the SDK and starts the build program. The program checks itself: when its sources changed it comes back here
# (MLOPS_REBUILD), and it is built again. Nothing else is decided here, and a warm start forks no process.
set -euo pipefail
start=$PWD
script=${BASH_SOURCE[0]}
if [ -L "$script" ]; then script=$(readlink -f "$script"); fi
CDPATH= cd "${script%"${script##*/}"}." && root=$PWD && cd "$start"
state="$root/.nuke/temp/build"
folder=build

# On NUKE (MLOPS_PACKAGES=full) and Fallout (fallout) the program is another one, and does not check itself: it is built each time, but for what must not wait.
checks=1
case "${MLOPS_PACKAGES:-embedded}" in full | fallout) state="$state-$MLOPS_PACKAGES" checks= ;; esac

# A user without a home, as under some service managers, has the one of the system's list.
if [ -z "${HOME:-}" ]; then unset HOME; export HOME=~; fi

hash dotnet 2>/dev/null || true
for dotnet in "${DOTNET_ROOT:-/nowhere}/dotnet" "${BASH_CMDS[dotnet]:-}" "$HOME/.dotnet/dotnet" ""; do
  [ -n "$dotnet" ] && [ -x "$dotnet" ] && break
done
if [ -z "$dotnet" ]; then
  echo "The .NET SDK 10 is missing; install it with: curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0" >&2
  exit 2
fi

current() { [ -f "$state/current" ] && read -r program < "$state/current" && [ -f "$state/programs/$program/_build.dll" ]; }

alive() { local pid; pid=$(cat "$state/lock/pid" 2>/dev/null) && [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; }

build() {
  mkdir -p "$state/programs"
  [ -f "$root/.nuke/temp/.gitignore" ] || echo '*' > "$root/.nuke/temp/.gitignore"
  until mkdir "$state/lock" 2>/dev/null; do   # one builder at a time; a dead one's lock is taken over
    alive || { sleep 1; alive || rm -rf "$state/lock"; }
    sleep 0.2
  done
  echo $$ > "$state/lock/pid"
  trap 'rm -rf "$state/lock"' EXIT
  echo "Building the build program …" >&2
  touch "$state/started"
  if ! "$dotnet" build "$root/$folder/_build.csproj" -c Release -graph -v quiet -nologo -clp:NoSummary \
      -p:MlOpsBootstrap=true -nodeReuse:false > "$state/log" 2>&1; then
    grep -E "error" "$state/log" | sort -u | head -20 >&2 || true
    echo "The build program does not compile; nothing was run. Full log: ${state#"$root"/}/log" >&2
    exit 1
  fi
  program="$(date +%s)-$$"
  cp -R "$state/bin/_build/release" "$state/programs/$program"
  if [ -n "$checks" ]; then "$dotnet" "$state/programs/$program/_build.dll" :stamp "$state/started" "$folder"; fi
  echo "$program" > "$state/current.tmp" && mv "$state/current.tmp" "$state/current"
  ls -1t "$state/programs" | tail -n +4 | while read -r old; do rm -rf "$state/programs/${old:?}"; done
  rm -rf "$state/lock"
  trap - EXIT
}

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_TieredPGO=0
waits() { case "${1:-}" in Rollback|Status|Stop) return 1 ;; *) [ -z "$checks" ] ;; esac; }
if [ -n "${MLOPS_REBUILD:-}" ] || ! current || waits "$@"; then build; fi
export MLOPS_ROOT="$root" MLOPS_START_SCRIPT="$root/build.sh"
if [ -z "$checks" ]; then export NUKE_ROOT="$root"; fi   # NUKE looks for it from the working directory upwards
unset MLOPS_REBUILD
exec "$dotnet" "$state/programs/$program/_build.dll" "$@"
