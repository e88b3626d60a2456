using MlOpsBuild.Components.Tests;

namespace MlOpsBuild.Components.Ci.Tests;

/// <summary>Where a build has several pipelines, each has a job of its own, and one comment tells of all.</summary>
public sealed class MatrixTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_first_job_names_the_pipelines_and_of_a_pull_request_those_that_it_reaches()
    {
        (await _run.RunAsync<ManyPipelinesBuild>("GenerateCi")).ShouldBe(0, _run.Output);

        var job = Job(GitHub(), "pipelines");
        job.ShouldContain("run: ./build.sh ListPipelines");
        job.ShouldContain("MLOPS_AFFECTED_BY: ${{ github.event.pull_request.base.sha }}");
        job.ShouldContain("names: ${{ steps.pipelines.outputs.names }}");
        job.ShouldContain("fetch-depth: 0");
    }

    [Theory]
    [InlineData("test-model")]
    [InlineData("package")]
    public async Task A_job_of_each_pipeline_runs_that_one_alone_and_leaves_the_comment_to_another(string name)
    {
        await _run.RunAsync<ManyPipelinesBuild>("GenerateCi");

        var job = Job(GitHub(), name);
        job.ShouldContain("pipeline: ${{ fromJSON(needs.pipelines.outputs.names) }}");
        job.ShouldContain("needs: pipelines");
        job.ShouldContain("&& needs.pipelines.outputs.names != '[]'");
        job.ShouldContain("MLOPS_PIPELINE: ${{ matrix.pipeline }}");
        job.ShouldContain("MLOPS_COMMENT: \"false\"");
        job.ShouldContain($"name: {name}-${{{{ matrix.pipeline }}}}-report");
        job.ShouldContain("key: mlops-blobs-${{ runner.os }}-${{ github.run_id }}-${{ github.job }}-${{ matrix.pipeline }}");
    }

    [Fact]
    public async Task A_last_job_makes_one_comment_of_what_the_others_left_also_when_some_failed()
    {
        await _run.RunAsync<ManyPipelinesBuild>("GenerateCi");

        var job = Job(GitHub(), "report");
        job.ShouldContain("needs: [pipelines, test-model]");
        job.ShouldContain("if: always() && github.event_name == 'pull_request' && needs.pipelines.outputs.names != '[]'");
        job.ShouldContain("pattern: test-model-*-report");
        job.ShouldContain("merge-multiple: true");
        job.ShouldContain("run: ./build.sh Report --from .mlops/incoming");
        job.ShouldContain("pull-requests: write");
        job.ShouldNotContain("matrix");
    }

    [Fact]
    public async Task Reports_of_a_fork_are_collected_by_the_second_workflow()
    {
        await _run.RunAsync<ManyPipelinesBuild>("GenerateCi");

        Read(".github/workflows/mlops-report.yml").ShouldContain("pattern: test-model-*-report");
    }

    [Fact]
    public async Task Names_of_pipelines_are_not_in_the_file_of_GitHub_and_no_shell_reads_them()
    {
        await _run.RunAsync<ManyPipelinesBuild>("GenerateCi");

        GitHub().ShouldNotContain("Demand0");
        GitHub().Split('\n').Where(line => line.Contains("run: ", StringComparison.Ordinal))
            .ShouldAllBe(line => !line.Contains("matrix", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GitLab_has_a_job_for_each_that_does_nothing_where_a_request_does_not_reach_it()
    {
        await _run.RunAsync<ManyPipelinesBuild>("GenerateCi");

        var text = Read(".gitlab-ci.yml");
        var job = text[text.IndexOf("\ntest-model:", StringComparison.Ordinal)..text.IndexOf("\npackage:", StringComparison.Ordinal)];
        job.ShouldContain("      - MLOPS_PIPELINE: [\"Demand000\", \"Demand001\",");
        job.ShouldContain("\"Demand099\"]");
        job.ShouldContain("MLOPS_AFFECTED_BY: $CI_MERGE_REQUEST_DIFF_BASE_SHA");
        job.ShouldContain("MLOPS_COMMENT: \"false\"");
        var report = text[text.IndexOf("\nreport:", StringComparison.Ordinal)..];
        report.ShouldContain("needs: [test-model]");
        report.ShouldContain("./build.sh Report --from .mlops/reports");
        text.ShouldContain("stages: [test, report]");
    }

    [Fact]
    public async Task Stages_of_a_pipeline_hand_over_to_the_next_of_the_same_pipeline()
    {
        (await _run.RunAsync<StagedPairBuild>("GenerateCi")).ShouldBe(0, _run.Output);

        var train = Job(GitHub(), "train");
        train.ShouldContain("needs: [pipelines, validate-data]");
        train.ShouldContain("name: validate-data-${{ matrix.pipeline }}-results");
        train.ShouldContain("name: train-${{ matrix.pipeline }}-results");
    }

    [Fact]
    public async Task A_build_of_one_pipeline_has_no_matrix()
    {
        await _run.RunAsync<HostedBuild>("GenerateCi");

        GitHub().ShouldNotContain("matrix");
        Read(".gitlab-ci.yml").ShouldNotContain("parallel");
    }

    private string GitHub() => Read(".github/workflows/mlops.yml");

    private string Read(string path) => File.ReadAllText(Path.Combine(_run.Root, path));

    private static string Job(string text, string name)
    {
        var start = text.IndexOf($"\n  {name}:\n", StringComparison.Ordinal);
        start.ShouldBeGreaterThan(0, text);
        var lines = text[(start + 1)..].Split('\n');
        return string.Join('\n', lines.Take(1).Concat(
            lines.Skip(1).TakeWhile(line => line.Length == 0 || line.StartsWith("   ", StringComparison.Ordinal))));
    }
}
