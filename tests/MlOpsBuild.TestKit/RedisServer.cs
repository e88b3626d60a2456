using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MlOpsBuild.TestKit;

/// <summary>Debian's redis-server with a password on a free loopback port, ended with the test; it keeps nothing on disk.</summary>
public sealed class RedisServer : IDisposable
{
    /// <summary>The password.</summary>
    public const string Password = "s3cret-of-redis";

    private const int Attempts = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TemporaryFolder _folder;
    private readonly Process _process;
    private bool _ended;

    private RedisServer(TemporaryFolder folder, Process process, int port) => (_folder, _process, Port) = (folder, process, port);

    /// <summary>Why it cannot be started here, or null.</summary>
    public static string? Missing { get; } = ProgramOnPath.Find("redis-server") is null ? "redis-server is not installed" : null;

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>How it is connected to.</summary>
    public string Connection => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port},password={Password}");

    /// <summary>Starts it and returns when it answers.</summary>
    public static async Task<RedisServer> StartAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = Start(FreePort());
            if (await server.AnswersAsync())
            {
                return server;
            }

            // Another program may have taken the port first.
            server.Dispose();
            if (attempt == Attempts)
            {
                throw new InvalidOperationException("redis-server does not start");
            }
        }
    }

    /// <summary>Lets it hang: it keeps its connections and answers nothing.</summary>
    public void Hang() => Signal("STOP");

    /// <summary>Lets it go on.</summary>
    public void GoOn() => Signal("CONT");

    /// <inheritdoc />
    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
        _folder.Dispose();
    }

    private static RedisServer Start(int port)
    {
        var folder = new TemporaryFolder();

        // The password is in a file: process arguments are there for everybody to read.
        File.WriteAllText(folder["redis.conf"], string.Create(CultureInfo.InvariantCulture, $"""
            bind 127.0.0.1
            port {port}
            requirepass {Password}
            save ""
            appendonly no
            dir {Path.GetDirectoryName(folder["redis.conf"])}

            """));
        return new(folder, Process.Start(new ProcessStartInfo(ProgramOnPath.Find("redis-server")!, [folder["redis.conf"]])
        {
            RedirectStandardOutput = true, RedirectStandardError = true
        })!, port);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AnswersAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (!_process.HasExited && Stopwatch.GetElapsedTime(started) < Patience)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return !_process.HasExited;
            }
            catch (SocketException)
            {
                await Task.Delay(20);
            }
        }

        return false;
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
