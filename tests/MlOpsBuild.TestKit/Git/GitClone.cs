namespace MlOpsBuild.TestKit.Git;

/// <summary>A working copy of a <see cref="GitRepository"/>.</summary>
public sealed class GitClone
{
    private readonly GitClient _git;

    internal GitClone(GitClient git, string folder)
    {
        _git = git;
        Folder = folder;
    }

    /// <summary>Where its files are.</summary>
    public string Folder { get; }

    /// <summary>Runs git here and returns what it printed, without the last line end.</summary>
    /// <exception cref="GitException">Git ended with an error.</exception>
    public Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        _git.RunAsync(Folder, arguments, cancellationToken);

    /// <summary>
    /// Writes the files (one without a text is deleted) and commits all that differs from the last commit, which may be nothing;
    /// returns the commit. It is not pushed.
    /// </summary>
    public async Task<string> CommitAsync(
        IReadOnlyList<(string Path, string? Text)> files, string message, CancellationToken cancellationToken)
    {
        foreach (var (path, text) in files)
        {
            var file = Path.Combine(Folder, path);
            if (text is null)
            {
                File.Delete(file);
            }
            else
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllTextAsync(file, text, cancellationToken);
            }
        }

        await RunAsync(["add", "--all"], cancellationToken);
        await RunAsync(["commit", "--quiet", "--allow-empty", "--message", message], cancellationToken);
        return await RunAsync(["rev-parse", "HEAD"], cancellationToken);
    }
}
