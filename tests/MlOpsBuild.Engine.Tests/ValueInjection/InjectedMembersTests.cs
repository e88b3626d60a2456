using MlOpsBuild.Engine.CI.GitHubActions;
using MlOpsBuild.Engine.CI.GitLab;
using MlOpsBuild.Engine.Git;
using MlOpsBuild.Engine.Logging;
using MlOpsBuild.Engine.ProjectModel;
using MlOpsBuild.Engine.Tests;
using MlOpsBuild.Engine.Tooling;

namespace MlOpsBuild.Engine.ValueInjection.Tests;

public sealed class InjectedMembersTests : IDisposable
{
    private readonly TestRun _run = new();

    public InjectedMembersTests()
    {
        Directory.CreateDirectory(Path.Combine(_run.Root, ".git"));
        File.WriteAllText(Path.Combine(_run.Root, ".git", "HEAD"), "ref: refs/heads/main\n");
        foreach (var name in new[] { "One", "Two" })
        {
            File.WriteAllText(Path.Combine(_run.Root, $"{name}.slnx"), "<Solution />");
        }
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Members_have_their_values_before_the_first_target()
    {
        _run.Environment["GITHUB_ACTIONS"] = "true";

        (await _run.RunAsync(new InjectedBuild(), "Show", "--partition", "2/3", "--kind", "SMALL")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("GitHub GitHubActions, GitLab none, part 2/3, branch main, solution One, by component One, kind Small");
    }

    [Fact]
    public async Task The_caller_names_another_solution()
    {
        (await _run.RunAsync(new InjectedBuild(), "Show", "--solution", "Two.slnx", "--kind", "large")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("GitHub none, GitLab none, part 1/1, branch main, solution Two, by component Two, kind Large");
    }

    [Fact]
    public async Task What_cannot_be_given_is_told_at_once()
    {
        Directory.Delete(Path.Combine(_run.Root, ".git"), recursive: true);

        (await _run.RunAsync(new InjectedBuild(), "Show", "--partition", "2/4", "--solution", "gone.sln", "--kind", "huge")).ShouldBe(2);

        _run.Errors.ShouldContain("--solution 'gone.sln' (command line) is not a solution file.");
        _run.Errors.ShouldContain("--kind 'huge' (command line) is not one of Small, Large.");
        _run.Errors.ShouldContain(error => error.Contains("--partition 2/4 is not a part of 3", StringComparison.Ordinal));
        _run.Errors.ShouldContain(error => error.Contains("lies in no git repository", StringComparison.Ordinal));
    }

    private interface IBuildSolution : INukeBuild
    {
        [Solution]
        Solution? Solution => TryGetValue(() => Solution);
    }

    private sealed class Kind : Enumeration
    {
        public static readonly Kind Small = new() { Value = nameof(Small) };
        public static readonly Kind Large = new() { Value = nameof(Large) };
    }

    private sealed class InjectedBuild : NukeBuild, IBuildSolution
    {
        [CI]
        private GitHubActions? OnGitHub { get; }

        [CI]
        private GitLab? OnGitLab { get; }

        [Partition(3)]
        private Partition Part { get; } = null!;

        [GitRepository]
        private GitRepository Repository { get; } = null!;

        [Solution("One.slnx")]
        private Solution Solution { get; } = null!;

        [Parameter]
        private Kind Kind { get; } = Kind.Small;

        public Target Show => _ => _.Executes(() => Log.Information(
            "GitHub {GitHub}, GitLab {GitLab}, part {Part}, branch {Branch}, solution {Solution}, by component {Other}, kind {Kind}",
            OnGitHub?.GetType().Name ?? "none", OnGitLab?.GetType().Name ?? "none", Part, Repository.Branch, Solution.Name,
            ((IBuildSolution)this).Solution?.Name, Kind));
    }
}
