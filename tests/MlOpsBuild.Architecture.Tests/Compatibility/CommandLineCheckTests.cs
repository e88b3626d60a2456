using System.Reflection;
using Microsoft.CodeAnalysis;
using MlOpsBuild.Architecture.Tests;

namespace MlOpsBuild.Architecture.Compatibility.Tests;

/// <summary>What the bridge refuses that NUKE would take otherwise, compiled here: the file is in no build of ours.</summary>
public sealed class CommandLineCheckTests
{
    private const string Build = """
        public interface IHazPublishing { [Parameter("")] bool? Publish => null; }
        public class Build : IHazPublishing
        {
            [Parameter("")] public int? Port { get; }
            [Parameter("")] public string? Data { get; }
            [Parameter("")] public readonly double Share;
            [Parameter("")] private string[]? KeepServing { get; }
        }
        """;

    // Our engine's attributes have the names and the meaning of NUKE's, whose rows make no library that runs.
    private static readonly Lazy<Assembly> Compiled = new(() => new SourceProject(
        "CommandLineCheck",
        [
            ("Build.cs", Build), .. Read("src/MlOpsBuild.Components/Engines/Embedded", "GlobalUsings.cs"), .. Read("src/MlOpsBuild.Components/Engines/Nuke", "CommandLineCheck.cs"),
        ],
        [.. NukeFlavour.Platform, MetadataReference.CreateFromFile(typeof(Engine.NukeBuild).Assembly.Location)]).Load());

    [Theory]
    [InlineData("Train Deploy --port 80 --data hour.csv --publish --share 0.5 --keep-serving a b")]
    [InlineData("Train --Port 80 --publish false -share 0.5")]
    [InlineData("")]
    public void What_NUKE_understands_passes(string line) => Problems(line).ShouldBeEmpty();

    [Theory]
    [InlineData("Train --nosuch", "--nosuch is no parameter of this build; --help lists them")]
    [InlineData("Train --port abc", "--port 'abc' is not a whole number")]
    [InlineData("Train --share half", "--share 'half' is not a number")]
    [InlineData("Train --publish perhaps", "--publish 'perhaps' is not true or false")]
    [InlineData("Train --data=x", "--data=x is not understood by NUKE: write --data x")]
    [InlineData("Train --no-publish", "--no-publish is not understood by NUKE: write --publish false")]
    [InlineData("Train --share -0.5", "-0.5 is no parameter of this build; --help lists them")]
    public void What_it_would_ignore_or_take_for_something_else_is_told(string line, string problem) => Problems(line).ShouldBe([problem]);

    [Fact]
    public void All_problems_are_told_at_once() => Problems("Train --nosuch --port abc --data=x").Count.ShouldBe(3);

    [Fact]
    public void Variables_of_ours_are_given_to_NUKE_and_its_own_stay()
    {
        var variables = new Dictionary<string, string> { ["MLOPS_KEEP_SERVING"] = "a", ["MLOPS_PORT"] = "80", ["NUKE_PORT"] = "90", ["MLOPS_OTHER"] = "x" };

        Invoke("AdoptVariables", BuildType, (Func<string, string?>)variables.GetValueOrDefault, (Action<string, string>)((name, value) => variables[name] = value));

        (variables["NUKE_KEEP_SERVING"], variables["NUKE_PORT"]).ShouldBe(("a", "90"));
        variables.Keys.ShouldNotContain("NUKE_OTHER");
    }

    private static IEnumerable<(string Path, string Text)> Read(string folder, string name) =>
        Repository.Files(folder, name).Select(path => (path, File.ReadAllText(path)));

    private static Type BuildType => Compiled.Value.GetType("Build", throwOnError: true)!;

    private static IReadOnlyList<string> Problems(string line) =>
        (IReadOnlyList<string>)Invoke("Problems", BuildType, line.Split(' ', StringSplitOptions.RemoveEmptyEntries))!;

    private static object? Invoke(string method, params object[] arguments) =>
        Compiled.Value.GetType("MlOpsBuild.Components.CommandLineCheck", throwOnError: true)!.GetMethod(method, BindingFlags.Public | BindingFlags.Static)!.Invoke(null, arguments);
}
