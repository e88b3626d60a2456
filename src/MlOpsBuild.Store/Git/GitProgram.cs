using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Git;

/// <summary>
/// The git program, run without prompts and without the caller's repository variables. Settings and secrets are given in the
/// environment, where other users of the machine cannot read them, never in the arguments.
/// </summary>
internal sealed class GitProgram(
    IReadOnlyDictionary<string, string> variables, IReadOnlyList<KeyValuePair<string, string>> settings, string folder, TimeProvider time)
{
    private const int BufferLength = 64 * 1024;

    // Set when the build is started by a git hook: they would point git at the user's repository and index.
    private static readonly string[] Hidden =
        [
            "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR",
            "GIT_PREFIX", "GIT_QUARANTINE_PATH", "GIT_CONFIG_PARAMETERS", "GIT_TRACE", "GIT_TRACE_CURL"
        ];

    /// <summary>
    /// Runs git and waits for it; cancelled, or silent for longer than <paramref name="silence"/>, it is ended with its children.
    /// </summary>
    /// <exception cref="UsageException">git is not installed.</exception>
    public async Task<GitAnswer> RunAsync(
        IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, TimeSpan? silence, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(silence ?? Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var process = Start(arguments);
        try
        {
            var output = ReadAsync(process.StandardOutput.BaseStream, Heard, either.Token);
            var error = ReadAsync(process.StandardError.BaseStream, Heard, either.Token);
            await WriteAsync(process, input, either.Token);
            await Task.WhenAll(output, error);
            await process.WaitForExitAsync(either.Token);
            return new(process.ExitCode, await output, Encoding.UTF8.GetString(await error));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return new(-1, [], string.Create(CultureInfo.InvariantCulture, $"fatal: no answer within {silence!.Value.TotalSeconds:0.#} s"));
        }

        void Heard()
        {
            if (silence is { } limit)
            {
                patience.CancelAfter(limit);
            }
        }
    }

    public Task<GitAnswer> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(arguments, ReadOnlyMemory<byte>.Empty, null, cancellationToken);

    private Process Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in variables.Where(variable => !Hidden.Contains(variable.Key)))
        {
            start.Environment[name] = value;
        }

        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_ASKPASS"] = "";
        start.Environment["SSH_ASKPASS"] = "";
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["LC_ALL"] = "C";

        // The caller's own settings of this kind stay, and ours come behind them.
        var first = int.TryParse(
            variables.GetValueOrDefault("GIT_CONFIG_COUNT"), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            ? given
            : 0;
        start.Environment["GIT_CONFIG_COUNT"] = (first + settings.Count).ToString(CultureInfo.InvariantCulture);
        foreach (var (index, (key, value)) in settings.Index())
        {
            start.Environment[$"GIT_CONFIG_KEY_{first + index}"] = key;
            start.Environment[$"GIT_CONFIG_VALUE_{first + index}"] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw new UsageException(new Finding(
                "MLB4002", "git cannot be started", "--remote", problem.Message, "git on the PATH", "install git, or leave --remote out"));
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream, Action heard, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var part = new byte[BufferLength];
        while (await stream.ReadAsync(part, cancellationToken) is > 0 and var length)
        {
            heard();
            content.Write(part, 0, length);
        }

        return content.ToArray();
    }

    private static async Task WriteAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // git ended before it read everything; its exit code and error output say why.
        }
    }
}
