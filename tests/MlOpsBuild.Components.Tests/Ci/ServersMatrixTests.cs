using MlOpsBuild.Components.Tests;

namespace MlOpsBuild.Components.Ci.Tests;

/// <summary>
/// Each of many pipelines has a job of its own on Azure Pipelines, Jenkins and CircleCI too, and one comment tells of all.
/// </summary>
public sealed class ServersMatrixTests : IDisposable
{
    private const string Azure = "azure-pipelines.yml";
    private const string Jenkins = "Jenkinsfile";
    private const string Circle = ".circleci/config.yml";
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Azure_has_a_job_of_each_whose_name_is_one_for_a_job()
    {
        await GenerateAsync<ManyOnServersBuild>();

        foreach (var job in new[] { "test_model", "package" })
        {
            var text = Part(Azure, $"  - job: {job}\n", "\n\n  - job: ");
            text.ShouldContain("    strategy:\n      matrix:\n        Demand000:\n          MLOPS_PIPELINE: \"Demand000\"\n        Demand001:");
            text.ShouldContain("        pipeline_5:\n          MLOPS_PIPELINE: \"Demand of Genève\"\n");
            text.ShouldContain("          MLOPS_AFFECTED_BY: target-branch");
            text.ShouldContain("          MLOPS_COMMENT: \"false\"");
            text.ShouldContain($"        artifact: {job.Replace('_', '-')}-$(MLOPS_PIPELINE)-report\n");
            text.ShouldContain($"\"{job}\" | \"$(MLOPS_PIPELINE)\"'\n");
        }
    }

    [Fact]
    public async Task Azure_makes_one_comment_of_a_pull_request_also_when_some_failed()
    {
        await GenerateAsync<ManyOnServersBuild>();

        var report = Part(Azure, "  - job: report\n", "\0");
        report.ShouldContain("    dependsOn: test_model\n    condition: and(succeededOrFailed(), eq(variables['Build.Reason'], 'PullRequest'))\n");
        report.ShouldContain("          itemPattern: test-model-*-report/**\n          targetPath: .mlops/incoming\n");
        report.ShouldContain("      - bash: ./build.sh Report --from .mlops/incoming\n");
        report.ShouldContain("          MLOPS_AFFECTED_BY: target-branch\n");
    }

    [Fact]
    public async Task Jenkins_has_a_cell_of_each_and_makes_one_comment_after_all_of_them()
    {
        await GenerateAsync<ManyOnServersBuild>();

        var stage = Part(Jenkins, "        stage('test-model') {\n", "        stage('package') {\n");
        stage.ShouldContain(
            "                        name 'MLOPS_PIPELINE'\n                        values 'Demand000', 'Demand001', 'Demand002', 'Demand003', 'Demand of Genève'\n");
        stage.ShouldContain("                    MLOPS_AFFECTED_BY = 'target-branch'\n");
        stage.ShouldContain("                    MLOPS_COMMENT = 'false'\n");
        stage.ShouldContain("stash name: \"test-model-${env.MLOPS_PIPELINE}-report\"");
        var after = stage[stage.LastIndexOf("            post {\n", StringComparison.Ordinal)..];
        after.ShouldContain("if (env.CHANGE_ID) {");
        after.ShouldContain("for (pipeline in ['Demand000', 'Demand001', 'Demand002', 'Demand003', 'Demand of Genève']) {");
        after.ShouldContain("deleteDir()");
        after.ShouldContain("sh './build.sh Report --from .mlops/incoming'");
        after.ShouldContain("withCredentials([string(credentialsId: 'GITHUB_TOKEN', variable: 'GITHUB_TOKEN')])");
        Part(Jenkins, "        stage('package') {\n", "\0").ShouldNotContain("-report");
    }

    [Fact]
    public async Task CircleCI_has_a_job_of_each_that_fails_after_its_report_was_handed_over()
    {
        await GenerateAsync<ManyOnServersBuild>();

        var job = Part(Circle, "  test-model:\n", "\n\n  package:");
        job.ShouldContain("            MLOPS_PIPELINE: << parameters.pipeline >>\n            MLOPS_AFFECTED_BY: target-branch");
        job.ShouldContain("          command: ./build.sh TestModel Report || echo \"$?\" > handed-over/failed-with\n");
        job.ShouldContain("          paths: [\"handed-over/<< parameters.pipeline >>\"]\n");
        job.IndexOf("exit \"$(cat handed-over/failed-with)\"", StringComparison.Ordinal)
            .ShouldBeGreaterThan(job.IndexOf("persist_to_workspace", StringComparison.Ordinal));
        var pushed = Part(Circle, "workflows:\n", "\0");
        pushed.ShouldContain("      - test-model:\n          name: test-model-<< matrix.pipeline >>\n          matrix:\n            parameters:\n"
            + "              pipeline: [\"Demand000\", \"Demand001\", \"Demand002\", \"Demand003\", \"Demand of Genève\"]\n");
        pushed.ShouldContain("      - report:\n          requires:\n            - test-model: [success, failed]\n");
    }

    [Fact]
    public async Task Stages_of_a_pipeline_hand_over_to_the_next_of_the_same_pipeline()
    {
        await GenerateAsync<StagedOnServersBuild>();

        foreach (var (job, before) in new[] { ("train", "validate-data"), ("test-model", "train"), ("package", "test-model") })
        {
            var azure = Part(Azure, $"  - job: {job.Replace('-', '_')}\n", "\n\n  - job: ");
            azure.ShouldContain($"        artifact: {before}-$(MLOPS_PIPELINE)-results\n");
            azure.ShouldContain($"cp -R \"$PIPELINE_WORKSPACE/{before}-$MLOPS_PIPELINE-results/.\" .mlops/\n");
            Read(Jenkins).ShouldContain($"unstash \"{before}-${{env.MLOPS_PIPELINE}}-results\"\n");
            Read(Jenkins).ShouldContain($"stash name: \"{before}-${{env.MLOPS_PIPELINE}}-results\", includes: '.mlops/**'");
            Read(Circle).ShouldContain($"          requires: [{before}-<< matrix.pipeline >>]\n");
        }

        Read(Circle).ShouldContain("          command: mkdir -p .mlops && cp -R \"handed-over/$MLOPS_PIPELINE/.\" .mlops/\n");
    }

    [Fact]
    public async Task No_shell_reads_the_name_of_a_pipeline_from_a_file()
    {
        await GenerateAsync<ManyOnServersBuild>();

        foreach (var line in new[] { Azure, Jenkins, Circle }.SelectMany(file => Read(file).Split('\n'))
            .Where(line => line.Contains("bash:", StringComparison.Ordinal) || line.Contains("command:", StringComparison.Ordinal)
                || line.Contains(" sh ", StringComparison.Ordinal)))
        {
            line.ShouldNotContain("Demand");
            line.ShouldNotContain("<<");
            line.ShouldNotContain("$(MLOPS");
        }
    }

    [Fact]
    public async Task Few_pipelines_share_a_job()
    {
        await GenerateAsync<ServersBuild>();

        foreach (var file in new[] { Azure, Jenkins, Circle })
        {
            Read(file).ShouldNotContain("matrix");
            Read(file).ShouldNotContain("target-branch");
        }
    }

    private async Task GenerateAsync<T>() where T : MlBuild, new()
    {
        (await _run.RunAsync<T>("GenerateCi")).ShouldBe(0, _run.Output);
        (await _run.RunAsync<T>("GenerateCi", "--check")).ShouldBe(0, _run.Output);
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(_run.Root, file));

    private string Part(string file, string from, string to)
    {
        var text = Read(file);
        var start = text.IndexOf(from, StringComparison.Ordinal);
        start.ShouldBeGreaterThan(0, text);
        var end = text.IndexOf(to, start + from.Length, StringComparison.Ordinal);
        return text[start..(end < 0 ? text.Length : end)];
    }
}
