namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>A bare git repository that checkouts share as their origin.</summary>
public sealed class Team : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-team-").FullName;

    private string Moved => Origin + ".away";

    /// <summary>The repository's folder.</summary>
    public string Origin => Path.Combine(_folder, "origin.git");

    /// <summary>Makes <paramref name="checkout"/> a git repository with one commit and this origin.</summary>
    public async Task AdoptAsync(Checkout checkout)
    {
        if (!Directory.Exists(Origin))
        {
            (await checkout.ShellAsync($"git init -q --bare --initial-branch=main '{Origin}'")).Expect(0);
        }

        checkout.Environment["GIT_AUTHOR_NAME"] = checkout.Environment["GIT_COMMITTER_NAME"] = "Ann";
        checkout.Environment["GIT_AUTHOR_EMAIL"] = checkout.Environment["GIT_COMMITTER_EMAIL"] = "ann@example.com";
        (await checkout.ShellAsync(
            $"git init -q --initial-branch=main . && git add -A && git commit -q -m start && git remote add origin '{Origin}'"))
            .Expect(0);
    }

    /// <summary>Nobody reaches the repository any more.</summary>
    public void GoAway() => Directory.Move(Origin, Moved);

    /// <summary>It is back.</summary>
    public void ComeBack() => Directory.Move(Moved, Origin);

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
