using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>Commands as README.md and <c>src/docs</c> show them: a switch that was renamed is found here.</summary>
public sealed class DocumentedCommands(BuiltRepository repository) : EndToEndTest(repository)
{
    // What no checkout of this repository can be asked, and where it is tried instead.
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["./build.sh SetUp Test"] = "what these tests are run by",
        ["./ml.sh Train Deploy"] = "TemplateBesideOtherFiles",
        ["./build.sh Features --verify-cache"] = "a target of one's own: CachedTargetTests",
    };

    // What does not begin with a build's script, and the tests that run it as it is printed.
    private static readonly (string Begins, string Test)[] Others =
    [
        ("curl ", nameof(DocumentedRequests)),
        ("dotnet new install ", nameof(BuildFromTheTemplate)),
        ("mkdir ../shop ", nameof(BuildFromTheTemplate)),
        ("dotnet new mlopsbuild --build-folder ml", nameof(TemplateBesideOtherFiles)),
        ("docker ", nameof(ImageOfAModel)),
        ("OTEL_EXPORTER_OTLP_ENDPOINT=", "BuildTraceTests"),

        // Where NUKE's own packages are, which restore nowhere without its feed.
        ("export MLOPS_PACKAGES=full", "full-flavour.yml"),
        ("for project in src/MlOpsBuild.*/", "full-flavour.yml"),
    ];

    [Fact]
    public void Every_other_command_of_the_documents_is_run_by_a_test_that_is_named_here()
    {
        var others = DocumentBlock.Documents.Where(document => !document.EndsWith("tutorial.md", StringComparison.Ordinal))
            .SelectMany(DocumentBlock.Of)
            .SelectMany(block => block.Commands).Where(command => !command.StartsWith("./", StringComparison.Ordinal)).ToList();

        others.Where(command => !Others.Any(known => command.StartsWith(known.Begins, StringComparison.Ordinal))).ShouldBeEmpty();
        Others.Where(known => !others.Exists(command => command.StartsWith(known.Begins, StringComparison.Ordinal)))
            .ShouldBeEmpty("nothing begins so any more");
    }

    [Fact]
    public async Task Every_command_of_the_documents_is_one_that_the_build_understands()
    {
        var commands = DocumentBlock.Documents.SelectMany(DocumentBlock.Of)
            .Where(block => !block.Document.EndsWith("tutorial.md", StringComparison.Ordinal))
            .SelectMany(block => block.Commands).SelectMany(Calls).Distinct().Where(command => !Elsewhere.ContainsKey(command)).ToList();

        commands.Count.ShouldBeGreaterThan(25);
        var refused = new List<string>();
        foreach (var command in commands)
        {
            var result = await Checkout.ShellAsync(
                command.Contains("--plan", StringComparison.Ordinal) || command.EndsWith("--help", StringComparison.Ordinal)
                    ? command
                    : $"{command} --plan");
            if (result.ExitCode != 0)
            {
                refused.Add($"{command}\n{result.Output}");
            }
        }

        refused.ShouldBeEmpty();
        Directory.Exists(Path.Combine(Checkout.Root, ".mlops", "runs")).ShouldBeFalse("a plan runs nothing");
    }

    private static IEnumerable<string> Calls(string line) =>
        line.Split("&&", StringSplitOptions.TrimEntries).Where(part => part.StartsWith("./", StringComparison.Ordinal))
            .Concat(line.StartsWith("OTEL_", StringComparison.Ordinal) ? [line[line.IndexOf("./", StringComparison.Ordinal)..]] : []);
}
