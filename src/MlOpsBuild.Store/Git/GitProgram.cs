using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Git;

/// <summary>
/// The git program, run without prompts and without the caller's repository variables. Settings and secrets are given in the
/// environment, where other users of the machine cannot read them, never in the arguments.
/// </summary>
internal sealed class GitProgram(IReadOnlyDictionary<string, string> variables, IReadOnlyList<KeyValuePair<string, string>> settings, string folder)
{
    // Set when the build is started by a git hook: they would point git at the user's repository and index.
    private static readonly string[] Hidden =
        ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_QUARANTINE_PATH", "GIT_CONFIG_PARAMETERS", "GIT_TRACE", "GIT_TRACE_CURL"];

    /// <summary>Runs git and waits for it; cancelled, it is ended with its children.</summary>
    /// <exception cref="UsageException">git is not installed.</exception>
    public async Task<GitAnswer> RunAsync(IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        using var process = Start(arguments);
        try
        {
            var output = ReadAsync(process, cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await WriteAsync(process, input, cancellationToken);
            await Task.WhenAll(output, error);
            await process.WaitForExitAsync(cancellationToken);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public Task<GitAnswer> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => RunAsync(arguments, ReadOnlyMemory<byte>.Empty, cancellationToken);

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
        start.Environment["GIT_CONFIG_COUNT"] = settings.Count.ToString(CultureInfo.InvariantCulture);
        foreach (var (index, (key, value)) in settings.Index())
        {
            start.Environment[$"GIT_CONFIG_KEY_{index}"] = key;
            start.Environment[$"GIT_CONFIG_VALUE_{index}"] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw new UsageException(new Finding("git cannot be started", "--remote", problem.Message, "git on the PATH", "install git, or leave --remote out"));
        }
    }

    private static async Task<byte[]> ReadAsync(Process process, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(content, cancellationToken);
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
