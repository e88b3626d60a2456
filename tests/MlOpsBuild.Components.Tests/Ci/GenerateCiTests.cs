using System.Text.RegularExpressions;
using MlOpsBuild.Components.Tests;

namespace MlOpsBuild.Components.Ci.Tests;

public sealed partial class GenerateCiTests : IDisposable
{
    private const string GitHub = ".github/workflows/mlops.yml";
    private const string GitLab = ".gitlab-ci.yml";
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Files_are_written_once_and_then_up_to_date()
    {
        (await _run.RunAsync<HostedBuild>("GenerateCi")).ShouldBe(0, _run.Output);
        (await _run.RunAsync<HostedBuild>("GenerateCi", "--check")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain($"{GitHub}: up to date");
        _run.Output.ShouldContain($"{GitLab}: up to date");
    }

    [Fact]
    public async Task Check_fails_with_the_difference_and_changes_nothing()
    {
        await _run.RunAsync<HostedBuild>("GenerateCi");
        await File.WriteAllTextAsync(Path.Combine(_run.Root, GitHub), Read(GitHub).Replace("timeout-minutes: 60", "timeout-minutes: 90", StringComparison.Ordinal));

        (await _run.RunAsync<HostedBuild>("GenerateCi", "--check")).ShouldBe(3, _run.Output);

        _run.Output.ShouldContain("-    timeout-minutes: 90");
        _run.Output.ShouldContain("+    timeout-minutes: 60");
        Read(GitHub).ShouldContain("timeout-minutes: 90");
    }

    [Fact]
    public async Task GitHub_runs_the_same_targets_with_the_least_privilege_and_pinned_actions()
    {
        await _run.RunAsync<HostedBuild>("GenerateCi");

        var text = Read(GitHub);
        text.ShouldContain("run: ./build.sh TestModel Report\n");
        text.ShouldContain("run: ./build.sh Package Report\n");
        text.ShouldContain("permissions:\n  contents: read\n");
        text.Split("pull-requests: write").Length.ShouldBe(2, "only the job that comments may");
        text.ShouldContain("- cron: \"0 3 * * 1\"");
        text.ShouldNotContain("workflow_dispatch:");
        Uses().Matches(text).ShouldAllBe(match => Pinned().IsMatch(match.Value));
        text.ShouldContain("path: .mlops/blobs\n");
    }

    [Fact]
    public async Task A_person_delivers_with_inputs_that_no_shell_reads()
    {
        await _run.RunAsync<DeliveringBuild>("GenerateCi");

        var text = Read(GitHub);
        text.ShouldContain("options: [deploy, rollback]");
        text.ShouldContain("run: ./build.sh Rollback\n");
        text.ShouldContain("MLOPS_REASON: ${{ inputs.reason }}");
        text.ShouldContain("MLOPS_MODEL_VERSION: ${{ inputs.model-version }}");
        text.Split('\n').Where(line => line.Contains("run:", StringComparison.Ordinal)).ShouldAllBe(line => !line.Contains("${{", StringComparison.Ordinal));
        text.ShouldContain("branches: [\"trunk: \\\"a\\\"\"]");
    }

    [Fact]
    public async Task GitLab_shows_the_gates_without_a_token()
    {
        await _run.RunAsync<HostedBuild>("GenerateCi");

        Read(GitLab).ShouldContain("junit: .mlops/reports/*/report.junit.xml");
    }

    [Fact]
    public async Task Build_that_only_trains_gets_jobs_that_only_train()
    {
        await _run.RunAsync<TrainingOnlyBuild>("GenerateCi");

        Read(GitLab).ShouldContain("- ./build.sh Train\n");
        File.Exists(Path.Combine(_run.Root, GitHub)).ShouldBeFalse();
    }

    [Fact]
    public async Task Everything_that_cannot_work_is_told_at_once()
    {
        (await _run.RunAsync<WrongBuild>("GenerateCi")).ShouldBe(2, _run.Output);

        foreach (var problem in (string[])["would vanish with the hosted machine 'ubuntu-24.04'", "A tag can be moved", "Not a schedule 'nightly'", "Not a time '0'"])
        {
            _run.Output.ShouldContain(problem);
        }

        File.Exists(Path.Combine(_run.Root, GitHub)).ShouldBeFalse();
    }

    [Fact]
    public async Task Build_without_the_attribute_is_told_to_add_it()
    {
        (await _run.RunAsync<LevelTwoBuild>("GenerateCi")).ShouldBe(2);

        _run.Output.ShouldContain("add the attribute");
    }

    private string Read(string path) => File.ReadAllText(Path.Combine(_run.Root, path));

    [GeneratedRegex("uses: .*")]
    private static partial Regex Uses();

    [GeneratedRegex("@[0-9a-f]{40} # v")]
    private static partial Regex Pinned();
}
