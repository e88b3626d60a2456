using System.Runtime.InteropServices;
using MlOpsBuild.Components.Session;

/// <summary>What the integration tests need beside the SDK, by program and Debian package.</summary>
internal static class TestMachine
{
    private static readonly (string Program, string Package)[] Needed =
    [
        ("chromium", "chromium"), ("git", "git"), ("flock", "util-linux"), ("docker-registry", "docker-registry"),
        ("htpasswd", "apache2-utils"),
        ("rsync", "rsync"), ("node", "nodejs"), ("npm", "npm"), ("dockerd", "docker.io"), ("skopeo", "skopeo"),
        ("kubectl", "kubernetes-client"), ("openssl", "openssl"),
        ("gcc", "gcc"), ("groovy", "groovy"), ("redis-server", "redis-server"),
    ];

    // Not a program: known by its files.
    private static readonly (string File, string Package)[] NeededFiles =
    [
        ("/usr/lib/python3/dist-packages/sklearn/__init__.py", "python3-sklearn"),
        ("/usr/lib/python3/dist-packages/xgboost/__init__.py", "python3-xgboost"),
        ("/usr/share/libonnx-testdata/data/node", "libonnx-testdata"), ("/usr/lib/postgresql", "postgresql"),
        ("/usr/include/stdio.h", "libc6-dev"), ("/usr/include/zlib.h", "zlib1g-dev"),
    ];

    // What nightly tests need as well: images for another processor are compiled, and run by an emulator.
    private static readonly (string File, string Package)[] Nightly =
    [
        ("/usr/bin/aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu"), ("/usr/aarch64-linux-gnu/include/stdio.h", "libc6-dev-arm64-cross"),
        ("/usr/bin/qemu-aarch64-static", "qemu-user-static"),
        ("/lib/aarch64-linux-gnu/libc.so.6", "libc6:arm64"), ("/usr/lib/aarch64-linux-gnu/libssl.so.3", "libssl3:arm64"),
    ];

    /// <summary>Installs what is missing.</summary>
    /// <param name="session">Tells of it.</param>
    /// <param name="all">Also what only nightly tests need.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task SetUpAsync(RunSession session, bool all, CancellationToken cancellationToken)
    {
        await InstallPackagesAsync(
            session, all && RuntimeInformation.ProcessArchitecture == Architecture.X64 ? Nightly : [], cancellationToken);
        await CiTools.SetUpAsync(session, cancellationToken);
        session.Output.Line("what can be installed for the tests is here");
    }

    private static async Task InstallPackagesAsync(
        RunSession session, (string File, string Package)[] more, CancellationToken cancellationToken)
    {
        var path = (session.Environment.GetValueOrDefault("PATH") ?? "").Split(Path.PathSeparator);
        var missing = Needed.Where(need => !path.Any(folder => File.Exists(Path.Combine(folder, need.Program))))
            .Select(need => need.Package)
            .Concat(NeededFiles.Concat(more).Where(need => !Path.Exists(need.File)).Select(need => need.Package)).ToArray();
        if (missing.Length == 0)
        {
            return;
        }

        session.Output.Line($"installing {string.Join(", ", missing)}");
        string[] root = Environment.IsPrivilegedProcess ? [] : ["sudo"];
        string[][] foreign = missing.Any(package => package.EndsWith(":arm64", StringComparison.Ordinal))
            ? [["dpkg", "--add-architecture", "arm64"]]
            : [];
        foreach (var step in (string[][])
        [
            .. foreign, ["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "--no-install-recommends", .. missing]
        ])
        {
            string[] command = [.. root, "env", "DEBIAN_FRONTEND=noninteractive", .. step];
            if (await Command.RunAsync(session, command, cancellationToken) != 0)
            {
                throw new InvalidOperationException(
                    $"'{string.Join(' ', step)}' failed; install {string.Join(", ", missing)} by hand and run ./build.sh Test");
            }
        }
    }
}
