using System.Diagnostics;

namespace MlOpsBuild.Store.Runs.Tests;

/// <summary>A repository made by git itself.</summary>
internal sealed class GitRepository
{
    private readonly string _folder;

    private GitRepository(string folder) => _folder = folder;

    public static async Task<GitRepository> InitAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var repository = new GitRepository(folder);
        await repository.GitAsync("init", "--quiet");
        await repository.GitAsync("symbolic-ref", "HEAD", "refs/heads/main");
        return repository;
    }

    /// <summary>Makes a commit and returns its id.</summary>
    public async Task<string> CommitAsync(string message)
    {
        await GitAsync(
            "-c", "user.name=Tester", "-c", "user.email=tester@example.invalid", "-c", "commit.gpgSign=false", "commit", "--quiet",
            "--allow-empty", "-m", message);
        return await GitAsync("rev-parse", "HEAD");
    }

    /// <summary>Runs git here and returns what it printed.</summary>
    public async Task<string> GitAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, string.Join(' ', arguments));
        return output.Trim();
    }
}
