using MlOpsBuild.Components.Session;

/// <summary>What the integration tests need beside the SDK, by program and Debian package.</summary>
internal static class TestMachine
{
    private static readonly (string Program, string Package)[] Needed =
    [
        ("chromium", "chromium"), ("git", "git"), ("flock", "util-linux"), ("docker-registry", "docker-registry"), ("htpasswd", "apache2-utils"),
        ("rsync", "rsync"), ("node", "nodejs"), ("npm", "npm"), ("dockerd", "docker.io"), ("skopeo", "skopeo"), ("openssl", "openssl"), ("gcc", "gcc"),
    ];

    // Not a program: known by its files.
    private static readonly (string File, string Package)[] NeededFiles =
    [
        ("/usr/lib/python3/dist-packages/sklearn/__init__.py", "python3-sklearn"), ("/usr/share/libonnx-testdata/data/node", "libonnx-testdata"), ("/usr/lib/postgresql", "postgresql"),
        ("/usr/include/stdio.h", "libc6-dev"), ("/usr/include/zlib.h", "zlib1g-dev"),
    ];

    public static async Task SetUpAsync(RunSession session, CancellationToken cancellationToken)
    {
        await InstallPackagesAsync(session, cancellationToken);
        await CiTools.SetUpAsync(session, cancellationToken);
        session.Output.Line("what can be installed for the tests is here");
    }

    private static async Task InstallPackagesAsync(RunSession session, CancellationToken cancellationToken)
    {
        var path = (session.Environment.GetValueOrDefault("PATH") ?? "").Split(Path.PathSeparator);
        var missing = Needed.Where(need => !path.Any(folder => File.Exists(Path.Combine(folder, need.Program)))).Select(need => need.Package)
            .Concat(NeededFiles.Where(need => !Path.Exists(need.File)).Select(need => need.Package)).ToArray();
        if (missing.Length == 0)
        {
            return;
        }

        session.Output.Line($"installing {string.Join(", ", missing)}");
        string[] root = Environment.IsPrivilegedProcess ? [] : ["sudo"];
        foreach (var step in (string[][])[["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "--no-install-recommends", .. missing]])
        {
            string[] command = [.. root, "env", "DEBIAN_FRONTEND=noninteractive", .. step];
            if (await Command.RunAsync(session, command, cancellationToken) != 0)
            {
                throw new InvalidOperationException($"'{string.Join(' ', step)}' failed; install {string.Join(", ", missing)} by hand and run ./build.sh Test");
            }
        }
    }
}
