using System.Diagnostics;
using System.Text;

namespace MlOpsBuild.TestKit.Git;

/// <summary>
/// The real git client, cut off from the machine: no system or user configuration, no proxy, no prompt, English messages,
/// a fixed author, and a clock that goes on one second per command, so that the same commands give the same commits and no two are equal.
/// </summary>
public sealed class GitClient
{
    /// <summary>The branch every repository starts with.</summary>
    public const string Branch = "main";

    private const string Name = "Tester";
    private const string Email = "tester@example.invalid";
    private static readonly string[] ForeignVariables =
    [
        "http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssh_askpass", "xdg_config_home", "email", "language"
    ];
    private static readonly long Start = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    private readonly string _home;
    private long _seconds = Start;

    /// <summary>A client whose home is <paramref name="home"/>, an empty folder.</summary>
    public GitClient(string home)
    {
        Directory.CreateDirectory(home);
        _home = home;
    }

    /// <summary>The author of all commits, as a commit names it.</summary>
    public static string Author => $"{Name} <{Email}>";

    /// <summary>
    /// Makes the environment of a process that is to be started, such as <see cref="ProcessStartInfo.Environment"/>, that of this client.
    /// </summary>
    public void ApplyTo(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(IsForeign).ToList())
        {
            environment.Remove(name);
        }

        var date = NextDate();
        (string Name, string Value)[] configuration = [("init.defaultBranch", Branch), ("gc.auto", "0"), ("maintenance.auto", "false")];
        (string Name, string Value)[] variables =
        [
            ("HOME", _home), ("LC_ALL", "C"), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_TEMPLATE_DIR", _home),
            ("GIT_AUTHOR_NAME", Name), ("GIT_AUTHOR_EMAIL", Email), ("GIT_AUTHOR_DATE", $"@{date}"),
            ("GIT_COMMITTER_NAME", Name), ("GIT_COMMITTER_EMAIL", Email), ("GIT_COMMITTER_DATE", $"@{date}"),
            ("GIT_CONFIG_COUNT", $"{configuration.Length}"),
            .. configuration.SelectMany((entry, index) => new[]
            {
                ($"GIT_CONFIG_KEY_{index}", entry.Name), ($"GIT_CONFIG_VALUE_{index}", entry.Value)
            }),
        ];
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }
    }

    /// <summary>Runs git in <paramref name="folder"/> and returns what it printed, without the last line end.</summary>
    /// <exception cref="GitException">Git ended with an error.</exception>
    public Task<string> RunAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(folder, arguments, default, cancellationToken);

    /// <summary>As the other, with something on its standard input.</summary>
    /// <exception cref="GitException">Git ended with an error.</exception>
    public async Task<string> RunAsync(
        string folder, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        ApplyTo(start.Environment);
        using var process = Process.Start(start)!;
        using var killing = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var feeding = FeedAsync(process.StandardInput.BaseStream, input);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await Task.WhenAll(feeding, output, errors, process.WaitForExitAsync(CancellationToken.None));
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? WithoutLineEnd(await output)
            : throw new GitException($"git {string.Join(' ', arguments)}", process.ExitCode, await output, await errors);
    }

    /// <summary>The next second of this client's clock, in the form git stores it.</summary>
    internal string NextDate() => $"{Interlocked.Increment(ref _seconds)} +0000";

    private static bool IsForeign(string name) =>
        name.StartsWith("GIT_", StringComparison.OrdinalIgnoreCase) || ForeignVariables.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string WithoutLineEnd(string text) => text.EndsWith('\n') ? text[..^1] : text;

    private static async Task FeedAsync(Stream standardInput, ReadOnlyMemory<byte> input)
    {
        try
        {
            await using (standardInput)
            {
                await standardInput.WriteAsync(input, CancellationToken.None);
            }
        }
        catch (IOException)
        {
            // Git ended without reading it all; its exit code says why.
        }
    }
}
