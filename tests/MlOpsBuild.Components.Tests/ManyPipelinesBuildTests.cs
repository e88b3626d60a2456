using System.Text.Json;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Git;

namespace MlOpsBuild.Components.Tests;

public sealed class ManyPipelinesBuildTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly TemporaryFolder _home = new();

    public void Dispose()
    {
        _home.Dispose();
        _run.Dispose();
    }

    [Fact]
    public async Task All_are_named_one_a_line()
    {
        (await _run.RunAsync<ManyPipelinesBuild>("ListPipelines")).ShouldBe(0, _run.Output);

        Named().ShouldBe(Enumerable.Range(0, 100).Select(number => $"Demand{number:000}"));
    }

    [Fact]
    public async Task Jobs_that_follow_get_the_names_as_a_list()
    {
        _run.Environment["GITHUB_OUTPUT"] = Path.Combine(_run.Root, "outputs");
        _run.Environment["MLOPS_AFFECTED_BY"] = "";

        (await _run.RunAsync<ManyPipelinesBuild>("ListPipelines")).ShouldBe(0, _run.Output);

        var output = await File.ReadAllTextAsync(Path.Combine(_run.Root, "outputs"));
        JsonSerializer.Deserialize<string[]>(output.Trim()["names=".Length..]).ShouldNotBeNull().Length.ShouldBe(100);
    }

    [Theory]
    [InlineData("data/042.csv", "Demand042")]
    [InlineData("README.md", "")]
    public async Task Of_a_change_those_are_named_that_it_reaches(string file, string expected)
    {
        await ChangedAsync(file);
        _run.Environment["GITHUB_OUTPUT"] = Path.Combine(_run.Root, "outputs");
        _run.Environment["MLOPS_AFFECTED_BY"] = "HEAD~1";

        (await _run.RunAsync<ManyPipelinesBuild>("ListPipelines")).ShouldBe(0, _run.Output);

        Named().ShouldBe(expected.Length == 0 ? [] : [expected]);
        (await File.ReadAllTextAsync(Path.Combine(_run.Root, "outputs")))
            .ShouldBe(expected.Length == 0 ? "names=[]\n" : $"names=[\"{expected}\"]\n");
    }

    [Fact]
    public async Task What_may_reach_any_of_them_names_all()
    {
        await ChangedAsync("lib/Something.cs");

        (await _run.RunAsync<ManyPipelinesBuild>("ListPipelines", "--affected-by", "HEAD~1")).ShouldBe(0, _run.Output);

        Named().Count.ShouldBe(100);
    }

    [Fact]
    public async Task Only_the_one_that_a_change_reaches_is_run()
    {
        await ChangedAsync("data/042.csv");

        await _run.RunAsync<ManyPipelinesBuild>("IngestData", "--affected-by", "HEAD~1");

        _run.Output.ShouldContain("Demand042 is affected: data/042.csv changed since HEAD~1");
        _run.Output.Split('\n').Count(line => line.Contains("is left out: none of 1 files", StringComparison.Ordinal)).ShouldBe(99);
        _run.Output.ShouldNotContain("· Demand041");
    }

    [Fact]
    public async Task What_a_change_goes_to_is_what_the_build_server_says()
    {
        await ChangedAsync("data/042.csv");
        await GitAsync("branch", "--move", "feature");
        OnCircleCi("feature");

        // Nothing says where it goes: the build class delivers from main.
        (await _run.RunAsync<ManyPipelinesBuild>("ListPipelines", "--affected-by", "target-branch")).ShouldBe(0, _run.Output);
        _run.Output.ShouldContain("git does not know this 'main'");
        _run.Output.ShouldContain("Until then all pipelines are run.");
        Named().Count.ShouldBe(100);

        await GitAsync("branch", "main", "HEAD~1");
        Directory.CreateDirectory(Path.Combine(_run.Root, ".mlops", "incoming"));
        await File.WriteAllTextAsync(Path.Combine(_run.Root, ".mlops", "incoming", "report.json"), "{}");
        (await _run.RunAsync<ManyPipelinesBuild>("ListPipelines", "--affected-by", "target-branch")).ShouldBe(0, _run.Output);
        Named().ShouldBe(["Demand042"]);
        _run.Output.ShouldContain("Demand042 is affected: data/042.csv changed since main");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_the_branch_itself_and_where_no_server_builds_all_are_run(bool onServer)
    {
        await ChangedAsync("data/042.csv");
        if (onServer)
        {
            OnCircleCi("main");
        }

        (await _run.RunAsync<ManyPipelinesBuild>("ListPipelines", "--affected-by", "target-branch")).ShouldBe(0, _run.Output);

        Named().Count.ShouldBe(100);
        _run.Output.ShouldContain("target-branch: no change to another branch is built here");
    }

    [Fact]
    public async Task Of_one_that_was_picked_nothing_else_is_named()
    {
        (await _run.RunAsync<ManyPipelinesBuild>("ListPipelines", "--pipeline", "Demand007")).ShouldBe(0, _run.Output);

        Named().ShouldBe(["Demand007"]);
    }

    private void OnCircleCi(string branch)
    {
        _run.Environment["CIRCLECI"] = "true";
        _run.Environment["CIRCLE_SHA1"] = "0123456789012345678901234567890123456789";
        _run.Environment["CIRCLE_REPOSITORY_URL"] = "https://github.com/acme/fares.git";
        _run.Environment["CIRCLE_BRANCH"] = branch;
    }

    private List<string> Named() =>
        [.. _run.Output.Split('\n').Select(line => line.Trim())
            .Where(line => line.Length == 9 && line.StartsWith("Demand", StringComparison.Ordinal))];

    private async Task ChangedAsync(string file)
    {
        await GitAsync("init", "--quiet");
        await CommitAsync("README.md", "first");
        await CommitAsync("tests/MlOpsBuild.Components.Tests/ManyPipelinesBuild.cs", "there");
        await CommitAsync(file, "changed");
    }

    private async Task CommitAsync(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_run.Root, file))!);
        await File.WriteAllTextAsync(Path.Combine(_run.Root, file), text);
        await GitAsync("add", file);
        await GitAsync("commit", "--quiet", "-m", text);
    }

    private Task<string> GitAsync(params string[] arguments) =>
        new GitClient(_home.Path).RunAsync(_run.Root, arguments, CancellationToken.None);
}
