using MlOpsBuild.TestKit;

namespace MlOpsBuild.Engine.Compatibility.Tests;

/// <summary>
/// Fifteen builds as people write them for NUKE (<c>Builds</c>), from its public surface: what compiles here
/// when only the usings are changed.
/// </summary>
public sealed class TypicalBuildTests
{
    // Each needs what is left out on purpose: tool wrappers, a tool that is downloaded, NUKE's own generator of workflows.
    private static readonly string[] LeftOut = ["13-dotnet-tasks", "14-gitversion", "15-generated-workflow"];

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(RepositoryRoot.Path, "tests", "MlOpsBuild.Engine.Tests", "Compatibility", "Builds");

    [Theory]
    [MemberData(nameof(Names))]
    public void Twelve_of_fifteen_compile_with_other_usings(string name)
    {
        var source = File.ReadAllText(Path.Combine(Folder, $"{name}.txt"))
            .Replace("using Serilog;", "using MlOpsBuild.Engine.Logging;", StringComparison.Ordinal)
            .Replace("Nuke.Common.Utilities", "MlOpsBuild.Engine", StringComparison.Ordinal)
            .Replace("Nuke.Common", "MlOpsBuild.Engine", StringComparison.Ordinal);

        var errors = ComponentCompiler.Errors(source);

        if (LeftOut.Contains(name))
        {
            errors.ShouldNotBeEmpty("it compiles now: say so in the table");
        }
        else
        {
            errors.ShouldBeEmpty();
        }
    }

    [Fact]
    public void There_are_fifteen() => Names.Count.ShouldBe(15);
}
