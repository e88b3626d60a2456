using System.Xml.Linq;
using MlOpsBuild.EndToEnd.Tests.Actions;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests.Ci;

/// <summary>The generated pipeline, run by a program that reads it as GitLab does.</summary>
public sealed class PipelineOnGitLab(BuiltRepository repository) : EndToEndTest(repository)
{
    private static readonly string[] Reports = ["report.html", "report.json", "report.junit.xml", "report.md"];
    private static readonly string[] OfARequest =
    [
        "--unset-variable", "CI_COMMIT_BRANCH", "--variable", "CI_PIPELINE_SOURCE=merge_request_event", "--variable",
        "CI_MERGE_REQUEST_IID=7",
        "--variable", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main",
    ];

    /// <summary>Compiles everything anew, as a clean clone does.</summary>
    [CiToolsFact]
    [Trait("Category", "Nightly")]
    public async Task Merge_request_is_tested_in_a_clean_clone_and_leaves_its_report()
    {
        using var team = new Team();
        await ShareAsync(team);

        // With isolation the job gets what is committed and nothing else, and its artifacts are what the file names.
        var ran = (await RunAsync(["--shell-isolation", .. OfARequest])).Expect(0);

        (ran.Output + ran.Errors).ShouldContain("Building the build program");
        ran.Output.ShouldContain("PASS  test-model");
        ran.Output.ShouldNotContain("package >");
        (ran.Output + ran.Errors).ShouldContain("The team's state is read-only for this build (it belongs to a change request)");
        ran.Output.ShouldNotContain("shared with the team");
        ShouldHaveReported(Path.Combine(Checkout.Root, ".gitlab-ci-local", "artifacts", "test-model"), "test-model");
    }

    [CiToolsFact]
    public async Task Main_branch_is_packaged_and_the_next_pipeline_computes_nothing_again()
    {
        using var team = new Team();
        await ShareAsync(team);

        var first = (await RunAsync()).Expect(0);
        ShouldHaveReported(Checkout.Root, "package");
        var second = (await RunAsync()).Expect(0);

        first.Output.ShouldContain("PASS  package");
        first.Output.ShouldNotContain("test-model >");
        second.Output.ShouldContain("PASS  package");
        (await Checkout.LastRunAsync()).StagesExecuted.ShouldBe(0);
    }

    private async Task ShareAsync(Team team)
    {
        (await Checkout.RunAsync("GenerateCi")).Expect(0);
        await team.AdoptAsync(Checkout);
        (await Checkout.ShellAsync("git push -q origin main && git remote add gcl-origin http://gitlab.example/acme/shop.git")).Expect(0);
    }

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        CiTools.GitLabAsync(Checkout.Environment, Checkout.Root, ["--variable", "GITLAB_CI=true", .. arguments]);

    // The JUnit file is where the pipeline says it is.
    private void ShouldHaveReported(string folder, string job)
    {
        var pipeline = YamlTree.Read(File.ReadAllText(Path.Combine(Checkout.Root, ".gitlab-ci.yml")));
        var pattern = pipeline[job]!["artifacts"]!["reports"]!["junit"]!.GetValue<string>().Split("/*/");
        var report = Directory.GetDirectories(Path.Combine(folder, pattern[0])).ShouldHaveSingleItem();
        var cases = XDocument.Load(Path.Combine(report, pattern[1]))
            .Descendants("testcase")
            .Select(test => (string)test.Attribute("name")!);
        cases.ShouldContain(name => name.Contains("RMSE", StringComparison.Ordinal));
        Reports.Except(Directory.GetFiles(report).Select(path => Path.GetFileName(path))).ShouldBeEmpty();
    }
}
