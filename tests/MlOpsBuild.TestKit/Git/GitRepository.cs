using System.Text;

namespace MlOpsBuild.TestKit.Git;

/// <summary>A bare repository, made by git itself in a folder of its own: what a host keeps. Removed afterwards, with its clones.</summary>
public sealed class GitRepository : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private GitRepository() => Git = new GitClient(_folder["home"]);

    /// <summary>Where the bare repository is.</summary>
    public string Folder => _folder["remote.git"];

    /// <summary>
    /// Its address as a remote on this machine, <c>file://…</c>; a path alone would make git copy it instead of talking to it.
    /// </summary>
    public Uri FileUrl => new($"file://{(OperatingSystem.IsWindows() ? "/" : "")}{Folder.Replace('\\', '/')}");

    /// <summary>The client it was made with, and its clones.</summary>
    public GitClient Git { get; }

    /// <summary>An empty repository.</summary>
    public static Task<GitRepository> CreateAsync(CancellationToken cancellationToken) =>
        CreateAsync(allowFilters: false, cancellationToken);

    /// <summary>An empty repository; with filters a client may leave out large files and ask for any object, as hosts allow it.</summary>
    public static async Task<GitRepository> CreateAsync(bool allowFilters, CancellationToken cancellationToken)
    {
        var repository = new GitRepository();
        try
        {
            Directory.CreateDirectory(repository.Folder);
            await repository.RunAsync(["init", "--quiet", "--bare"], cancellationToken);

            // Nothing may go on in the background when a command is over.
            (string Name, string Value)[] settings =
            [
                ("gc.auto", "0"), ("maintenance.auto", "false"), ("receive.autogc", "false"),
                .. allowFilters ? new[] { ("uploadpack.allowFilter", "true"), ("uploadpack.allowAnySHA1InWant", "true") } : [],
            ];
            foreach (var (name, value) in settings)
            {
                await repository.RunAsync(["config", name, value], cancellationToken);
            }

            return repository;
        }
        catch
        {
            repository.Dispose();
            throw;
        }
    }

    /// <summary>Clones it over <see cref="FileUrl"/>.</summary>
    public Task<GitClone> CloneAsync(string folder, CancellationToken cancellationToken) =>
        CloneAsync(folder, depth: null, detached: false, cancellationToken);

    /// <summary>Clones it over <see cref="FileUrl"/>; see the overload with an address.</summary>
    public Task<GitClone> CloneAsync(string folder, int? depth, bool detached, CancellationToken cancellationToken) =>
        CloneAsync(FileUrl, folder, depth, detached, cancellationToken);

    /// <summary>Clones it over another address, such as a server's.</summary>
    /// <param name="address">Where it is served.</param>
    /// <param name="folder">Where to; a relative path is below a folder that is removed with the repository.</param>
    /// <param name="depth">How many commits to fetch; null for all.</param>
    /// <param name="detached">As build servers leave it: a commit checked out, and no branch.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="GitException">Git ended with an error.</exception>
    public async Task<GitClone> CloneAsync(Uri address, string folder, int? depth, bool detached, CancellationToken cancellationToken)
    {
        var target = Path.Combine(_folder["clones"], folder);
        Directory.CreateDirectory(target);
        string[] limit = depth is { } commits ? ["--depth", $"{commits}"] : [];
        await Git.RunAsync(target, ["clone", "--quiet", .. limit, "--", address.AbsoluteUri, "."], cancellationToken);
        var clone = new GitClone(Git, target);
        if (detached)
        {
            await clone.RunAsync(["checkout", "--quiet", "--detach"], cancellationToken);
            await clone.RunAsync(["branch", "--quiet", "-D", GitClient.Branch], cancellationToken);
        }

        return clone;
    }

    /// <summary>
    /// Commits to <see cref="GitClient.Branch"/> right here, as if somebody else had pushed: the files given are written (one without a
    /// text is deleted), the others stay. Returns the commit.
    /// </summary>
    public async Task<string> CommitAsync(
        IReadOnlyList<(string Path, string? Text)> files, string message, CancellationToken cancellationToken)
    {
        const string Reference = $"refs/heads/{GitClient.Branch}";
        var parent = await RunAsync(["for-each-ref", "--format=%(objectname)", Reference], cancellationToken);
        var import = new StringBuilder($"commit {Reference}\ncommitter {GitClient.Author} {Git.NextDate()}\n").Append(Data(message));
        import.Append(parent.Length > 0 ? $"from {parent}\n" : "");
        foreach (var (path, text) in files)
        {
            import.Append(text is null ? $"D {path}\n" : $"M 100644 inline {path}\n{Data(text)}");
        }

        await Git.RunAsync(Folder, ["fast-import", "--quiet"], Encoding.UTF8.GetBytes(import.ToString()), cancellationToken);
        return await RunAsync(["rev-parse", Reference], cancellationToken);
    }

    /// <summary>Runs git in the bare repository and returns what it printed, without the last line end.</summary>
    /// <exception cref="GitException">Git ended with an error.</exception>
    public Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Git.RunAsync(Folder, arguments, cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        // Git writes its objects read-only, which some systems refuse to delete.
        foreach (var file in OperatingSystem.IsWindows() ? Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories) : [])
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        _folder.Dispose();
    }

    private static string Data(string text) => $"data {Encoding.UTF8.GetByteCount(text)}\n{text}\n";
}
