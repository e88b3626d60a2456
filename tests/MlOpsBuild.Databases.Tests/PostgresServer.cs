using System.Diagnostics;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Databases.Tests;

/// <summary>Debian's PostgreSQL on a socket of its own, ended with the test.</summary>
internal sealed class PostgresServer : IDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly Process _process;

    private PostgresServer(TemporaryFolder folder, Process process) => (_folder, _process) = (folder, process);

    /// <summary>Why it cannot be started here, or null.</summary>
    public static string? Missing { get; } = Programs is null ? "PostgreSQL is not installed (Debian package postgresql)" : null;

    /// <summary>How to reach it.</summary>
    public string Connection => $"Host={_folder["server"]};Username=builder;Password=s3cret-w0rd;Database=postgres";

    private static string? Programs => !Directory.Exists("/usr/lib/postgresql") ? null
        : Directory.GetDirectories("/usr/lib/postgresql")
            .Order(StringComparer.Ordinal)
            .Select(version => Path.Combine(version, "bin"))
            .LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")));

    /// <summary>Starts it and returns when it answers.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        var folder = new TemporaryFolder();
        var server = folder["server"];
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chmod", "711", folder.Path);
            await RunAsync("install", "-d", "-o", "postgres", "-m", "700", server);
        }
        else
        {
            Directory.CreateDirectory(server);
        }

        await RunAsync(
        [
            .. AsItself, Path.Combine(Programs!, "initdb"), "-D", Path.Combine(server, "data"), "-U", "builder", "--auth=trust",
            "--no-sync", "-E", "UTF8", "--locale=C"
        ]);
        string[] command =
        [
            .. AsItself, Path.Combine(Programs!, "postgres"), "-D", Path.Combine(server, "data"), "-k", server, "-c", "listen_addresses=",
            "-c", "fsync=off"
        ];
        var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        var started = new PostgresServer(folder, process);
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains("ready to accept connections", StringComparison.Ordinal))
            {
                // Unread, its log would fill the pipe and stop it.
                _ = process.StandardError.ReadToEndAsync();
                return started;
            }
        }

        started.Dispose();
        throw new InvalidOperationException("PostgreSQL ended");
    }

    /// <summary>Runs statements as a person would.</summary>
    public Task ExecuteAsync(string sql) =>
        RunAsync("psql", "-h", _folder["server"], "-U", "builder", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-q", "-c", sql);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
        _folder.Dispose();
    }

    // It refuses to run as root.
    private static string[] AsItself =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/"
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command[0]}: {await output}{errors}");
        }
    }
}
