using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests.Ci;

/// <summary>The files of Azure Pipelines, Jenkins and CircleCI, as other people's readers of them see them.</summary>
public sealed class BuildServersFilesAreRead : IDisposable
{
    private const string Azure = "azure-pipelines.yml";
    private const string Jenkins = "Jenkinsfile";
    private const string Circle = ".circleci/config.yml";
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment;

    public BuildServersFilesAreRead()
    {
        Directory.CreateDirectory(_folder["run"]);
        _environment = BuiltRepository.Variables(_folder["run"]);
    }

    public void Dispose() => _folder.Dispose();

    [CiToolsFact]
    public async Task Azure_Pipelines_lists_the_jobs_of_every_variant()
    {
        using var simple = await GeneratedFiles.OfAsync<CiVariants.OnServers>();
        using var everything = await GeneratedFiles.OfAsync<CiVariants.EverythingOnServers>();

        (await Lines(CiTools.AzureAsync(_environment, _folder.Path, Path.Combine(simple.Root, Azure)))).ShouldBe(["test_model", "package"]);
        (await Lines(CiTools.AzureAsync(_environment, _folder.Path, Path.Combine(everything.Root, Azure))))
            .ShouldBe(["validate_data", "train", "test_model", "package", "deploy", "rollback", "watch"]);
    }

    [CiToolsFact]
    public async Task A_job_of_each_of_many_pipelines_is_read_as_well()
    {
        using var together = await GeneratedFiles.OfAsync<CiVariants.ManyOnServers>();
        using var staged = await GeneratedFiles.OfAsync<CiVariants.ManyStagedOnServers>();

        (await Lines(CiTools.AzureAsync(_environment, _folder.Path, Path.Combine(together.Root, Azure))))
            .ShouldBe(["test_model", "package", "report"]);
        (await Lines(CiTools.AzureAsync(_environment, _folder.Path, Path.Combine(staged.Root, Azure))))
            .ShouldBe(["validate_data", "train", "test_model", "package", "report"]);
        (await Lines(CiTools.CircleCiAsync(_environment, _folder.Path, Path.Combine(together.Root, Circle))))
            .ShouldBe(["pushed: test-model, package, report"]);
        (await Lines(CiTools.CircleCiAsync(_environment, _folder.Path, Path.Combine(staged.Root, Circle))))
            .ShouldBe(["pushed: validate-data, train, test-model, package, report"]);
    }

    [GroovyFact]
    public async Task Jenkins_reads_a_cell_of_each_of_many_pipelines_and_one_comment()
    {
        using var together = await GeneratedFiles.OfAsync<CiVariants.ManyOnServers>();
        using var staged = await GeneratedFiles.OfAsync<CiVariants.ManyStagedOnServers>();

        (await Lines(CiTools.JenkinsAsync(_environment, _folder.Path, Path.Combine(together.Root, Jenkins)))).ShouldBe(
        [
            "test-model", "test-model of one", "  ./build.sh TestModel Report", "  ./build.sh Report --from .mlops/incoming",
            "package", "package of one", "  ./build.sh Package Report",
        ]);
        (await Lines(CiTools.JenkinsAsync(_environment, _folder.Path, Path.Combine(staged.Root, Jenkins)))).ShouldBe(
        [
            "validate-data", "validate-data of one", "  ./build.sh ValidateData", "train", "train of one", "  ./build.sh Train",
            "test-model", "test-model of one", "  ./build.sh TestModel Report", "  ./build.sh Report --from .mlops/incoming",
            "package", "package of one", "  ./build.sh Package Report",
        ]);
    }

    [CiToolsFact]
    public async Task Azure_Pipelines_tells_the_place_of_each_mistake()
    {
        foreach (var (right, wrong, said) in new[]
        {
            ("    pool:", "    pol:", "Unexpected property pol"), ("- bash:", "- bassh:", "Unexpected property bassh"),
            ("job: test_model", "job: test-model", "pattern"), ("jobs:", "jobs: [", "flow collection"),
            ("dependsOn: train", "dependsOn: trains", "trains is no job"),
        })
        {
            var refused = await CiTools.AzureAsync(_environment, _folder.Path, await MistakenAsync(Azure, right, wrong));

            (refused.ExitCode, refused.Output.Contains(said, StringComparison.Ordinal))
                .ShouldBe((1, true), refused.Output + refused.Errors);
        }
    }

    [CiToolsFact]
    public async Task CircleCI_lists_the_workflows_of_every_variant()
    {
        using var simple = await GeneratedFiles.OfAsync<CiVariants.OnServers>();
        using var everything = await GeneratedFiles.OfAsync<CiVariants.EverythingOnServers>();

        (await Lines(CiTools.CircleCiAsync(_environment, _folder.Path, Path.Combine(simple.Root, Circle))))
            .ShouldBe(["pushed: test-model, package"]);
        (await Lines(CiTools.CircleCiAsync(_environment, _folder.Path, Path.Combine(everything.Root, Circle)))).ShouldBe(
        [
            "pushed: validate-data, train, test-model, package", "deploy: deploy", "rollback: rollback", "watch: watch",
        ]);
    }

    [CiToolsFact]
    public async Task CircleCI_tells_each_mistake()
    {
        foreach (var (right, wrong, said) in new[]
        {
            ("- checkout", "- chekout", "Unknown native command: chekout"), ("    machine: true", "    machin: true", "No executor found"),
            ("      - train:", "      - trains:", "trains"), ("workflows:", "workflows: [", "Nested mappings"),
        })
        {
            var refused = await CiTools.CircleCiAsync(_environment, _folder.Path, await MistakenAsync(Circle, right, wrong));

            (refused.ExitCode, refused.Output.Contains(said, StringComparison.Ordinal))
                .ShouldBe((1, true), refused.Output + refused.Errors);
        }
    }

    [GroovyFact]
    public async Task Jenkins_lists_the_stages_of_every_variant_and_what_they_run()
    {
        using var simple = await GeneratedFiles.OfAsync<CiVariants.OnServers>();
        using var everything = await GeneratedFiles.OfAsync<CiVariants.EverythingOnServers>();

        (await Lines(CiTools.JenkinsAsync(_environment, _folder.Path, Path.Combine(simple.Root, Jenkins)))).ShouldBe(
        [
            "test-model", "  ./build.sh TestModel Report", "package", "  ./build.sh Package Report",
        ]);
        (await Lines(CiTools.JenkinsAsync(_environment, _folder.Path, Path.Combine(everything.Root, Jenkins)))).ShouldBe(
        [
            "validate-data", "  ./build.sh ValidateData", "train", "  ./build.sh Train", "test-model", "  ./build.sh TestModel Report",
            "package", "  ./build.sh Package Report", "deploy", "  ./build.sh Deploy Report", "rollback", "  ./build.sh Rollback", "watch",
            "  ./build.sh Monitor Retrain --alert-issue",
        ]);
    }

    [GroovyFact]
    public async Task Jenkins_tells_each_mistake()
    {
        foreach (var (right, wrong, said) in new[]
        {
            ("            steps {", "            stepps {", "stage: stepps is not known"), ("    agent none\n", "", "[agent] is missing"),
            ("        stage('train') {", "        stage('train) {", "startup failed"),
            ("MLOPS_REMOTE = 'git'", "MLOPS_REMOTE = git", "nothing is called git"),
        })
        {
            var refused = await CiTools.JenkinsAsync(_environment, _folder.Path, await MistakenAsync(Jenkins, right, wrong));

            (refused.ExitCode, refused.Output.Contains(said, StringComparison.Ordinal))
                .ShouldBe((1, true), refused.Output + refused.Errors);
        }
    }

    private async Task<string> MistakenAsync(string file, string right, string wrong)
    {
        using var files = await GeneratedFiles.OfAsync<CiVariants.EverythingOnServers>();
        var text = await File.ReadAllTextAsync(Path.Combine(files.Root, file));
        text.ShouldContain(right);
        var place = text.IndexOf(right, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_folder["mistaken"], text[..place] + wrong + text[(place + right.Length)..]);
        return _folder["mistaken"];
    }

    private static async Task<IReadOnlyList<string>> Lines(Task<CommandResult> running) =>
        (await running).Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
