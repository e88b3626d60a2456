using System.Text.RegularExpressions;
using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.Engine;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests.Ci;

/// <summary>The files of build servers, as the servers' own readers see them.</summary>
public sealed class CiFilesAreRead : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment;

    public CiFilesAreRead()
    {
        Directory.CreateDirectory(_folder["run"]);
        _environment = BuiltRepository.Variables(_folder["run"]);
    }

    public void Dispose() => _folder.Dispose();

    [CiToolsFact]
    public async Task GitHub_has_nothing_against_this_repositorys_workflows_nor_any_variant()
    {
        using var scheduled = await GeneratedFiles.OfAsync<CiVariants.Scheduled>();
        using var contained = await GeneratedFiles.OfAsync<CiVariants.InAContainer>();
        using var delivering = await GeneratedFiles.OfAsync<CiVariants.Delivering>();
        using var everything = await GeneratedFiles.OfAsync<CiVariants.Everything>();
        using var training = await GeneratedFiles.OfAsync<CiVariants.TrainingOnly>();
        using var staged = await GeneratedFiles.OfAsync<CiVariants.Staged>();
        GeneratedFiles[] variants = [scheduled, contained, delivering, everything, training, staged];
        string[] files =
        [
            .. Directory.GetFiles(Path.Combine(BuiltRepository.Sources, ".github", "workflows")),
            .. variants.SelectMany(variant => variant.Workflows)
        ];

        var read = await CiTools.CheckAsync(_environment, _folder.Path, files);

        files.Length.ShouldBeGreaterThanOrEqualTo(variants.Length + 1);
        (read.Output + read.Errors).ShouldBeEmpty();
        read.ExitCode.ShouldBe(0);
    }

    [CiToolsFact]
    public async Task GitHub_tells_the_place_of_each_mistake()
    {
        using var delivering = await GeneratedFiles.OfAsync<CiVariants.Delivering>();
        var text = delivering.Workflow("mlops");
        var mistakes = new Dictionary<string, (string Right, string Wrong, string Said)>
        {
            ["key"] = ("    runs-on: ", "    run-on: ", "Unexpected value 'run-on'"),
            ["needs"] = ("    runs-on: ", "    needs: [nobody]\n    runs-on: ", "depends on unknown job 'nobody'"),
            ["syntax"] = ("github.event_name == 'push'", "github.event_name = 'push'", "Unexpected symbol: '='"),
            ["name"] = ("${{ github.token }}", "${{ githup.token }}", "Unrecognized named-value: 'githup'"),
            ["input"] = ("${{ inputs.reason }}", "${{ inputs.raeson }}", "Context access might be invalid: raeson"),
            ["step"] = ("${{ runner.os }}", "${{ steps.nothing.outputs.os }}", "Context access might be invalid: nothing"),
            ["yaml"] = ("permissions:", "permissions: {", "Flow map in block collection"),
        };
        foreach (var (name, (right, wrong, _)) in mistakes)
        {
            var place = text.IndexOf(right, StringComparison.Ordinal);
            await File.WriteAllTextAsync(_folder[name + ".yml"], text[..place] + wrong + text[(place + right.Length)..]);
        }

        var read = (await CiTools.CheckAsync(_environment, _folder.Path, [.. mistakes.Keys.Select(name => _folder[name + ".yml"])]))
            .Expect(1);

        var lines = read.Output.Split('\n');
        foreach (var (name, (_, _, said)) in mistakes)
        {
            lines.ShouldContain(line => Regex.IsMatch(line, $@"^{name}\.yml:[1-9]\d*:[1-9]\d*: .*{Regex.Escape(said)}"), read.Output);
        }
    }

    [CiToolsFact]
    public async Task GitLab_lists_the_jobs_of_every_variant()
    {
        (await JobsAsync<CiVariants.Scheduled>("trunk")).ShouldBe(["test-model", "package"]);
        (await JobsAsync<CiVariants.InAContainer>("main")).ShouldBe(["test-model", "package"]);
        (await JobsAsync<CiVariants.Delivering>("main")).ShouldBe(["test-model", "package", "deploy", "rollback", "watch"]);
        (await JobsAsync<CiVariants.Everything>("release/1.0"))
            .ShouldBe(["validate-data", "train", "test-model", "package", "deploy", "rollback", "watch"]);
        (await JobsAsync<CiVariants.Staged>("main")).ShouldBe(["validate-data", "train", "test-model", "package"]);
        (await JobsAsync<CiVariants.TrainingOnly>("main")).ShouldBe(["train"]);
    }

    [CiToolsFact]
    public async Task GitLab_refuses_a_job_without_a_script()
    {
        using var files = await GeneratedFiles.OfAsync<CiVariants.Delivering>();
        var path = Path.Combine(files.Root, ".gitlab-ci.yml");
        await File.WriteAllTextAsync(
            path, (await File.ReadAllTextAsync(path)).Replace("  script:", "  scripts:", StringComparison.Ordinal));

        var refused = await ListAsync(files, "main");

        refused.ExitCode.ShouldNotBe(0);
        (refused.Output + refused.Errors).ShouldContain("script");
    }

    private async Task<IReadOnlyList<string>> JobsAsync<T>(string branch) where T : NukeBuild, new()
    {
        using var files = await GeneratedFiles.OfAsync<T>();
        var listed = (await ListAsync(files, branch)).Expect(0);
        return [.. listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile(line => !line.StartsWith("name;", StringComparison.Ordinal))
            .Skip(1)
            .Select(line => line.Split(';')[0])];
    }

    private async Task<CommandResult> ListAsync(GeneratedFiles files, string branch)
    {
        (await RunningCommand.RunAsync(files.Root, _environment, "git", "init", "-q", "--initial-branch=main", ".")).Expect(0);
        return await CiTools.GitLabAsync(_environment, files.Root, "--list-csv-all", "--variable", $"CI_COMMIT_BRANCH={branch}");
    }
}
