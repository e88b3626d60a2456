using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace MlOpsBuild.TestKit;

/// <summary>Debian's docker-registry with basic authentication on a free loopback port, ended with the test.</summary>
public sealed partial class DockerRegistry : IDisposable
{
    /// <summary>Who may push and pull.</summary>
    public const string User = "builder";

    /// <summary>The password; with a colon, which users must not have and passwords may.</summary>
    public const string Password = "s3cret:w1th-colon";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly TemporaryFolder _folder;
    private readonly StringBuilder _log = new();
    private readonly Process _process;

    private DockerRegistry(TemporaryFolder folder, Process process) => (_folder, _process) = (folder, process);

    /// <summary>Why it cannot be started here, or null.</summary>
    public static string? Missing { get; } = ProgramOnPath.Find("docker-registry") is null ? "docker-registry is not installed"
        : ProgramOnPath.Find("htpasswd") is null ? "docker-registry is not installed with htpasswd (Debian package apache2-utils)"
        : null;

    /// <summary>Its address, ending in a slash.</summary>
    public Uri Endpoint { get; private set; } = new("http://127.0.0.1/");

    /// <summary>What it logged so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Starts it and returns when it answers.</summary>
    /// <param name="root">Where it keeps content; null for a folder of its own.</param>
    /// <param name="deletes">Whether manifests may be deleted.</param>
    public static async Task<DockerRegistry> StartAsync(string? root = null, bool deletes = true)
    {
        var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["htpasswd"], await PasswordFileAsync());
        await File.WriteAllTextAsync(folder["config.yml"], $"""
            version: 0.1
            storage:
              filesystem:
                rootdirectory: {root ?? folder["root"]}
              delete:
                enabled: {(deletes ? "true" : "false")}
            http:
              addr: 127.0.0.1:0
            auth:
              htpasswd:
                realm: test
                path: {folder["htpasswd"]}

            """);
        var start = new ProcessStartInfo(ProgramOnPath.Find("docker-registry")!, ["serve", folder["config.yml"]])
        {
            RedirectStandardOutput = true, RedirectStandardError = true
        };
        var registry = new DockerRegistry(folder, new() { StartInfo = start, EnableRaisingEvents = true });
        try
        {
            registry.Endpoint = await registry.ListenAsync();
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
            using var answer = await http.GetAsync(new Uri(registry.Endpoint, "v2/"));
            return (int)answer.StatusCode == 401
                ? registry
                : throw new InvalidOperationException($"docker-registry answers {answer.StatusCode}\n{registry.Log}");
        }
        catch
        {
            registry.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
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

    // It chooses the port itself and says so once it listens, which leaves no moment in which another program could take it.
    private async Task<Uri> ListenAsync()
    {
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) => Note(line.Data, listening);
        _process.ErrorDataReceived += (_, line) => Note(line.Data, listening);
        _process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"docker-registry ended\n{Log}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return await listening.Task.WaitAsync(Patience);
    }

    private void Note(string? line, TaskCompletionSource<Uri> listening)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }

        if (line != null && Listening().Match(line) is { Success: true } match)
        {
            listening.TrySetResult(new($"http://127.0.0.1:{match.Groups["port"].Value}/"));
        }
    }

    private static async Task<string> PasswordFileAsync()
    {
        using var process = Process.Start(
            new ProcessStartInfo(ProgramOnPath.Find("htpasswd")!, ["-Bbn", User, Password]) { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text;
    }

    [GeneratedRegex(@"listening on 127\.0\.0\.1:(?<port>\d+)")]
    private static partial Regex Listening();
}
