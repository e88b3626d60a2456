namespace MlOpsBuild.Reporting.Publishing.Tests;

public sealed class ForkRequestsTests : IDisposable
{
    private readonly PublishingRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task The_request_is_the_one_of_the_forks_branch_whose_newest_commit_was_built()
    {
        var commit = _run.Context().Commit;
        _run.GitHub.OpenPulls.Add((1, "eve:main", commit));
        _run.GitHub.OpenPulls.Add((2, "ada:better-model", "ffff456789abcdef0123456789abcdef01234567"));
        _run.GitHub.OpenPulls.Add((3, "ada:better-model", commit));

        (await FindAsync("ada", "better-model")).ShouldBe(3);
        (await FindAsync("ada", "gone")).ShouldBeNull();
        (await FindAsync("eve", "main&head=ada:better-model")).ShouldBeNull();
    }

    private Task<int?> FindAsync(string owner, string branch) =>
        CodeHosts.OpenForks(_run.Context(), _run.Time)!.FindAsync(new(owner, branch), CancellationToken.None);
}
