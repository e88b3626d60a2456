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

    [Theory]
    [InlineData(true, "global-json-file: global.json")]
    [InlineData(false, "dotnet-version: 10.0.x")]
    public async Task The_SDK_is_the_one_that_the_repository_pins_or_else_the_newest_that_will_do(bool pins, string line)
    {
        if (pins)
        {
            await File.WriteAllTextAsync(Path.Combine(_run.Root, "global.json"), "{}");
        }

        await _run.RunAsync<HostedBuild>("GenerateCi");

        Read(GitHub).ShouldContain(line);
    }

    [Theory]
    [InlineData("./ml.sh")]
    [InlineData("dotnet run build.cs --")]
    public async Task What_starts_the_build_is_what_build_servers_start_and_what_advice_names(string command)
    {
        _run.Command = command;

        await _run.RunAsync<HostedBuild>("GenerateCi");

        Read(GitHub).ShouldContain($"run: {command} TestModel Report\n");
        (Read(GitHub) + Read(GitLab)).ShouldNotContain("build.sh");
        (await _run.RunAsync<HostedBuild>("GenerateCi", "--check")).ShouldBe(0, _run.Output);
        (await _run.RunAsync<HostedBuild>("NoSuchTarget")).ShouldBe(2);
        (await _run.RunAsync<HostedBuild>("Status")).ShouldBe(0);
        _run.Output.ShouldContain($"{command} Train Deploy does it");
    }

    [Fact]
    public async Task Check_fails_with_the_difference_and_changes_nothing()
    {
        await _run.RunAsync<HostedBuild>("GenerateCi");
        await File.WriteAllTextAsync(
            Path.Combine(_run.Root, GitHub), Read(GitHub).Replace("timeout-minutes: 60", "timeout-minutes: 90", StringComparison.Ordinal));

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
        text.Split('\n').Where(line => line.Contains("run:", StringComparison.Ordinal))
            .ShouldAllBe(line => !line.Contains("${{", StringComparison.Ordinal));
        text.ShouldContain("branches: [\"release/2026\"]");
        text.ShouldContain("MLOPS_KEEP_SERVING: \"true\"");
        text.Split("MLOPS_KEEP_SERVING").Length.ShouldBe(3, "only what deploys, or may, keeps serving");
    }

    [Fact]
    public async Task What_serves_is_looked_after_on_a_schedule_of_its_own_where_it_serves()
    {
        await _run.RunAsync<DeliveringBuild>("GenerateCi");

        var text = Read(GitHub);
        text.ShouldContain("  schedule:\n    - cron: \"20 * * * *\"\n");
        var watch = Jobs().Matches(text).Select(job => job.Value).Single(job => job.StartsWith("  watch:", StringComparison.Ordinal));
        watch.ShouldContain("if: github.event_name == 'schedule' && github.event.schedule == '20 * * * *'\n");
        watch.ShouldContain("run: ./build.sh Monitor Retrain --alert-issue\n");
        foreach (var right in (string[])["issues: write # alerts", "contents: write", "pull-requests: write"])
        {
            watch.ShouldContain($"      {right}");
        }

        text.ShouldContain("if: github.event_name == 'push' || (github.event_name == 'schedule' && github.event.schedule != '20 * * * *')\n");
        var lab = Read(GitLab);
        lab.ShouldContain("# So is the schedule 20 * * * *, with the variable WATCH = true.\n");
        lab.Split("- if: $CI_PIPELINE_SOURCE == \"schedule\" && $WATCH == \"true\"\n      when: never\n").Length.ShouldBe(5);
        lab.ShouldContain("watch:\n  stage: deliver\n  tags: [\"own\"]\n  rules:\n    - if: $CI_PIPELINE_SOURCE == \"schedule\" && $WATCH == \"true\"\n  variables:\n");
    }

    [Fact]
    public async Task What_writes_state_signs_it_and_what_runs_for_a_pull_request_never_sees_the_key()
    {
        await _run.RunAsync<DeliveringBuild>("GenerateCi");

        var jobs = ((string[])[GitHub, ".github/workflows/mlops-commands.yml"]).SelectMany(file => Jobs().Matches(Read(file)))
            .Select(job => job.Value)
            .Where(job => job.Contains("./build.sh", StringComparison.Ordinal))
            .ToList();
        jobs.ShouldAllBe(job => job.Contains("MLOPS_SIGNING_KEY: ${{ secrets.MLOPS_KEY }}\n", StringComparison.Ordinal)
            == job.Contains("contents: write", StringComparison.Ordinal));
        jobs.Count(job => job.Contains("secrets.", StringComparison.Ordinal)).ShouldBeInRange(5, jobs.Count - 1);
        await _run.RunAsync<HostedBuild>("GenerateCi");
        Read(GitHub).ShouldNotContain("secrets.");
    }

    [Fact]
    public async Task A_key_in_the_place_of_its_name_is_refused_and_not_shown()
    {
        (await _run.RunAsync<WrongBuild>("GenerateCi")).ShouldBe(2, _run.Output);

        _run.Output.ShouldContain("Not the name of a secret '(hidden: it may be the secret)'");
        _run.Output.ShouldNotContain("BEGIN PRIVATE");
    }

    [Fact]
    public async Task One_job_a_stage_needs_the_one_before_and_takes_its_results_over()
    {
        (await _run.RunAsync<StagedBuild>("GenerateCi")).ShouldBe(0, _run.Output);

        var text = Read(GitHub);
        foreach (var (job, before) in new[] { ("train", "validate-data"), ("test-model", "train"), ("package", "test-model") })
        {
            text.ShouldContain($"  {job}:\n    needs: {before}\n");
            text.ShouldContain($"name: {before}-results\n          path: .mlops/\n          include-hidden-files: true\n");
            text.ShouldContain($"name: {before}-results\n          path: .mlops/\n      - name: {job}\n");
        }

        text.ShouldNotContain("package-results");
        text.Split("MLOPS_TRAIN_MERGE_BASE: \"true\"").Length.ShouldBe(2, "only the job that reports a change");
        Read(GitLab).Split("MLOPS_TRAIN_MERGE_BASE: \"true\"").Length.ShouldBe(2);
        Read(GitLab).ShouldContain("stages: [data, train, test, package]\n");
        Read(GitLab).ShouldContain("package:\n  stage: package\n  needs: [test-model]\n");
    }

    [Fact]
    public async Task Forks_are_reported_by_a_second_workflow_that_never_checks_them_out()
    {
        await _run.RunAsync<HostedBuild>("GenerateCi");

        var text = Read(".github/workflows/mlops-report.yml");
        text.ShouldContain("  workflow_run:\n    workflows: [mlops]\n");
        text.ShouldContain("run: ./build.sh Report --from .mlops/incoming\n");
        text.ShouldContain("name: test-model-report\n");
        text.ShouldNotContain("ref:");
        text.ShouldNotContain("contents: write");
        Read(GitHub).ShouldNotContain("pull_request_target");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Comments_are_listened_to_and_roll_back_only_where_the_build_delivers(bool delivers)
    {
        await (delivers ? _run.RunAsync<DeliveringBuild>("GenerateCi") : _run.RunAsync<HostedBuild>("GenerateCi"));

        var text = Read(".github/workflows/mlops-commands.yml");
        text.ShouldContain("run: ./build.sh ReadCommand\n");
        text.ShouldContain("run: ./build.sh Package Report\n");
        text.Contains("run: ./build.sh Rollback\n", StringComparison.Ordinal).ShouldBe(delivers);
        text.ShouldContain("run: ./build.sh Approve\n");
        text.ShouldContain("MLOPS_OF: ${{ steps.command.outputs.version }}\n");
        text.Split('\n').Where(line => line.Contains("run:", StringComparison.Ordinal))
            .ShouldAllBe(line => !line.Contains("${{", StringComparison.Ordinal));
        text.ShouldNotContain("concurrency", customMessage: "a waiting command would be cancelled by the next comment");
    }

    [Fact]
    public async Task A_further_workflow_runs_on_every_machine_it_names()
    {
        await _run.RunAsync<StagedBuild>("GenerateCi");

        var text = Read(".github/workflows/check.yml");
        text.ShouldContain("os: [\"ubuntu-latest\", \"windows-latest\"]");
        text.ShouldContain("        run: ./build.sh SetUp Test\n        env:\n          MODE: \"a: \\\"b\\\"\"\n");
        text.ShouldContain("        run: .\\build.cmd SetUp Test\n");
        Uses().Matches(text).ShouldAllBe(match => Pinned().IsMatch(match.Value));
    }

    [Fact]
    public async Task A_further_workflow_that_cannot_work_is_told_with_everything()
    {
        (await _run.RunAsync<WrongJobBuild>("GenerateCi")).ShouldBe(2, _run.Output);

        foreach (var problem in (string[])
        [
            "Not a name of a workflow 'mlops'", "Not targets 'Test; rm -rf /'", "No machine to run on", "Not a variable 'novalue'"
        ])
        {
            _run.Output.ShouldContain(problem);
        }
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

        foreach (var problem in (string[])
        [
            "would vanish with the hosted machine 'Ubuntu-24.04'", "A tag can be moved", "Not a branch 'a: b'", "Not a schedule 'nightly'",
            "Not a time '0'", "Not a schedule '0 3 * * ''"
        ])
        {
            _run.Output.ShouldContain(problem);
        }

        File.Exists(Path.Combine(_run.Root, GitHub)).ShouldBeFalse();
    }

    [Fact]
    public async Task Code_of_pull_requests_never_runs_on_the_machine_that_serves()
    {
        (await _run.RunAsync<CrowdedBuild>("GenerateCi")).ShouldBe(2, _run.Output);
        _run.Output.ShouldContain("The code of pull requests would run on the machine that serves 'factory'");
        _run.Output.ShouldContain("Two workflows of one name 'twice'");
        (await _run.RunAsync<NowhereBuild>("GenerateCi")).ShouldBe(2, _run.Output);
        _run.Output.ShouldContain("would vanish with the hosted machine");

        (await _run.RunAsync<DeliveringBuild>("GenerateCi")).ShouldBe(0, _run.Output);

        foreach (var file in (string[])[GitHub, ".github/workflows/mlops-commands.yml"])
        {
            var jobs = Jobs().Matches(Read(file)).Select(job => job.Value).ToList();
            jobs.Count(job => job.Contains("runs-on: \"own\"", StringComparison.Ordinal)).ShouldBe(jobs.Count(
                job => new[] { "deploy", "rollback", "watch" }.Any(name => job.StartsWith($"  {name}:", StringComparison.Ordinal))));
        }

        Read(GitLab).Split("tags: [\"own\"]").Length.ShouldBe(4);
    }

    [Fact]
    public async Task A_file_that_nothing_asks_for_any_more_is_told_and_deleted_and_files_of_others_stay()
    {
        await _run.RunAsync<StagedBuild>("GenerateCi");
        var others = Path.Combine(_run.Root, ".github", "workflows", "others.yml");
        await File.WriteAllTextAsync(others, "name: others\n");

        (await _run.RunAsync<HostedBuild>("GenerateCi", "--check")).ShouldBe(3, _run.Output);
        _run.Output.ShouldContain(".github/workflows/check.yml: No longer asked for");
        (await _run.RunAsync<HostedBuild>("GenerateCi")).ShouldBe(0, _run.Output);

        File.Exists(Path.Combine(_run.Root, ".github", "workflows", "check.yml")).ShouldBeFalse();
        File.Exists(others).ShouldBeTrue();
        (await _run.RunAsync<HostedBuild>("GenerateCi", "--check")).ShouldBe(0, _run.Output);
    }

    [Fact]
    public async Task Build_without_the_attribute_is_told_to_add_it()
    {
        (await _run.RunAsync<LevelTwoBuild>("GenerateCi")).ShouldBe(2);

        _run.Output.ShouldContain("add the attribute");
    }

    private string Read(string path) => File.ReadAllText(Path.Combine(_run.Root, path));

    [GeneratedRegex(@"^  [a-z-]+:\n(?:    .*\n|\n(?=    ))*", RegexOptions.Multiline)]
    private static partial Regex Jobs();

    [GeneratedRegex("uses: .*")]
    private static partial Regex Uses();

    [GeneratedRegex("@[0-9a-f]{40} # v")]
    private static partial Regex Pinned();
}
