using System.Text;
using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>A project that lies where projects lie: below the top of somebody's repository, in folders with names of all kinds.</summary>
[Trait("Category", "Nightly")]
public sealed class InAnyPlace(BuiltRepository repository) : EndToEndTest(repository, warm: true), IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_worktree_below_the_top_through_a_link_without_a_home_deploys_and_rolls_back()
    {
        await using var project = await MoveAsync();

        await project.DeployTwiceAsync();

        var commit = await GitAsync("rev-parse", "HEAD");
        (await project.LastRunAsync()).Source!.Commit.ShouldBe(commit);
        (await project.RunAsync("Rollback", "--reason", "looks wrong")).Expect(0);
        (await project.ChampionAsync()).ShouldBe(1);
        (await GitAsync("-C", project.Root, "status", "--porcelain")).ShouldBeEmpty("state is no source, whatever the repository ignores");
    }

    public void Dispose() => _folder.Dispose();

    // The repository ignores nothing, and an editor has put the mark of UTF-8 before the parameters.
    private async Task<Checkout> MoveAsync()
    {
        var (top, tree) = (_folder["mono répo"], _folder["wörk tree"]);
        Directory.CreateDirectory(top);
        await GitAsync("init", "--quiet", ".");
        await RunAsync("cp", "-a", Checkout.Root, Path.Combine(top, "team ä"));
        Directory.Move(Path.Combine(top, "team ä", ".mlops"), _folder["state"]);
        Directory.Move(Path.Combine(top, "team ä", ".nuke", "temp"), _folder["temp"]);
        File.Delete(Path.Combine(top, "team ä", ".gitignore"));
        var parameters = Path.Combine(top, "team ä", ".nuke", "parameters.json");
        await File.WriteAllTextAsync(
            parameters, await File.ReadAllTextAsync(parameters), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "--message", "all");
        await GitAsync("worktree", "add", "--quiet", "--detach", tree);
        var root = Path.Combine(tree, "team ä");
        Directory.Move(_folder["state"], Path.Combine(root, ".mlops"));
        Directory.Move(_folder["temp"], Path.Combine(root, ".nuke", "temp"));
        await File.WriteAllTextAsync(Path.Combine(root, ".nuke", "temp", ".gitignore"), "*\n");
        File.CreateSymbolicLink(_folder["start it"], Path.Combine(root, "build.sh"));
        var environment = new Dictionary<string, string>(Checkout.Environment);
        environment.Remove("HOME");
        return new(root, Checkout.Runtime, environment) { Script = _folder["start it"] };
    }

    private async Task<string> GitAsync(params string[] arguments) => (await RunAsync("git", arguments)).Trim();

    private async Task<string> RunAsync(string program, params string[] arguments) =>
        (await RunningCommand.RunAsync(_folder["mono répo"], Checkout.Environment, program, arguments)).Expect(0).Output;
}
