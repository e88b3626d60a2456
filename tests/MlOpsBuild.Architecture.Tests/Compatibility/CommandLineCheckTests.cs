using System.Reflection;
using Microsoft.CodeAnalysis;
using MlOpsBuild.Architecture.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Architecture.Compatibility.Tests;

/// <summary>What the bridge refuses that NUKE would take otherwise, compiled here: the file is in no build of ours.</summary>
public sealed class CommandLineCheckTests
{
    private const string Build = """
        public interface IDeploy : INukeBuild { Target Deploy => _ => _; }
        public interface IHazPublishing { [Parameter("")] bool? Publish => null; }
        public enum Level { Quiet, Loud }
        [System.ComponentModel.TypeConverter(typeof(TypeConverter<Configuration>))]
        public class Configuration : Enumeration { public static Configuration Release = new() { Value = nameof(Release) }; }
        public class Build : NukeBuild, IHazPublishing, IDeploy
        {
            Target Train => _ => _;
            Target Lineage => _ => _;
            [Parameter("", Name = "Skip")] public IReadOnlyCollection<string> Skipped => [];
            [Parameter("")] public bool Plan { get; }
            [Parameter("")] public string? Of { get; }
            [Parameter("")] public int? Port { get; }
            [Parameter("")] public string? Data { get; }
            [Parameter("")] public readonly double Share;
            [Parameter("")] public float? Weight { get; }
            [Parameter("")] public System.Guid Run { get; }
            [Parameter("")] public Level Level { get; }
            [Parameter("")] public Configuration? Configuration { get; }
            [Parameter("")] private string[]? KeepServing { get; }
            [Parameter(""), Secret] private string? Token => "t0ken";
            [Parameter(""), Secret] public readonly string[] Keys = ["k1", " ", "k2"];
            [Parameter(""), Secret] public string? Unset => null;
        }
        """;

    // Our engine's attributes have the names and the meaning of NUKE's, whose rows make no library that runs.
    private static readonly Lazy<Assembly> Compiled = new(() => new SourceProject(
        "CommandLineCheck",
        [
            ("Build.cs", Build),
            .. Read("src/MlOpsBuild.Components/Engines/Embedded", "GlobalUsings.cs"),
            .. Read("src/MlOpsBuild.Components/Engines/Nuke", "CommandLineCheck.cs"),
            .. Read("src/MlOpsBuild.Components/Engines/Nuke", "BuildParameters.cs"),
            .. Read("src/MlOpsBuild.Components/Engines/Nuke", "ParameterFiles.cs"),
        ],
        [.. NukeFlavour.Platform, MetadataReference.CreateFromFile(typeof(Engine.NukeBuild).Assembly.Location)]).Load());

    // A converter is found by its name, as of an assembly that lies in a file.
    static CommandLineCheckTests() => AppDomain.CurrentDomain.AssemblyResolve += (_, asked) =>
        new AssemblyName(asked.Name).Name == "CommandLineCheck" ? Compiled.Value : null;

    [Theory]
    [InlineData("Train Deploy --port 80 --data hour.csv --publish --share 0.5 --keep-serving a b")]
    [InlineData("Train --Port 80 --publish false -share 0.5")]
    [InlineData("train+deploy --plan")]
    [InlineData("Deploy --skip Train Lineage --plan")]
    [InlineData("Lineage --of v1")]
    [InlineData("Train --configuration Release --level loud --weight 0.5 --run 6f1c3c1e-0000-0000-0000-000000000000")]
    [InlineData("")]
    public void What_NUKE_understands_passes(string line) => Problems(line).ShouldBeEmpty();

    [Theory]
    [InlineData("Train --nosuch", "--nosuch is no parameter of this build; --help lists them")]
    [InlineData("Train --port abc", "--port 'abc' is not a whole number")]
    [InlineData("Train --share half", "--share 'half' is not a number")]
    [InlineData("Train --configuration Nix", "--configuration 'Nix' is not a Configuration")]
    [InlineData("Train --level 7", "--level '7' is not one of Quiet, Loud")]
    [InlineData("Train --weight half", "--weight 'half' is not a number")]
    [InlineData("Train --run last", "--run 'last' is not a Guid")]
    [InlineData("Train --publish perhaps", "--publish 'perhaps' is not true or false")]
    [InlineData("Train --data=x", "--data=x is not understood by NUKE: write --data x")]
    [InlineData("Train --no-publish", "--no-publish is not understood by NUKE: write --publish false")]
    [InlineData("Train --share -0.5", "-0.5 is no parameter of this build; --help lists them")]
    [InlineData("Trian", "Trian is no target of this build; --help lists them")]
    [InlineData("Lineage v1", "v1 is no target, and NUKE takes it for one: write --of v1")]
    [InlineData("--plan Train", "--plan is followed by the target Train: NUKE takes targets before the first switch only")]
    [InlineData("Train --data hour.csv Deploy", "--data is followed by the target Deploy: NUKE takes targets before the first switch only")]
    [InlineData("Train --data hour.csv day.csv", "--data takes one value, and day.csv is another")]
    public void What_it_would_ignore_or_take_for_something_else_is_told(string line, string problem) => Problems(line).ShouldBe([problem]);

    [Fact]
    public void All_problems_are_told_at_once() => Problems("Train --nosuch --port abc --data=x").Count.ShouldBe(3);

    [Fact]
    public void Variables_of_ours_are_given_to_NUKE_and_its_own_stay()
    {
        var variables = new Dictionary<string, string>
        {
            ["MLOPS_KEEP_SERVING"] = "a", ["MLOPS_PORT"] = "80", ["NUKE_PORT"] = "90", ["MLOPS_OTHER"] = "x"
        };

        Invoke(
            "CommandLineCheck", "AdoptVariables", Known, (Func<string, string?>)variables.GetValueOrDefault,
            (Action<string, string>)((name, value) => variables[name] = value));

        (variables["NUKE_KEEP_SERVING"], variables["NUKE_PORT"]).ShouldBe(("a", "90"));
        variables.Keys.ShouldNotContain("NUKE_OTHER");
    }

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Operands =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase) { ["Lineage"] = ["of"] };

    [Fact]
    public void A_name_in_other_letters_in_a_parameter_file_is_told()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder[".nuke"]);
        File.WriteAllText(folder[".nuke/parameters.json"], """{ "$schema": "x", "port": 80, "Data": "x", "Other": 1, }""");
        File.WriteAllText(folder[".nuke/parameters.ci.json"], """{ "keep-serving": ["a"] }""");
        File.WriteAllText(folder[".nuke/parameters.bad.json"], "{");

        Invoke("ParameterFiles", "Problems", Known, folder.Path).ShouldBe(new[]
        {
            ".nuke/parameters.ci.json: NUKE passes over \"keep-serving\": write \"KeepServing\"",
            ".nuke/parameters.json: NUKE passes over \"port\": write \"Port\"",
        });
    }

    [Fact]
    public void Secrets_of_a_build_are_found_whatever_holds_them() =>
        ((IEnumerable<string>)Invoke("BuildParameters", "Secrets", Activator.CreateInstance(BuildType)!)!)
            .ShouldBe(["t0ken", "k1", "k2"], ignoreOrder: true);

    private static IEnumerable<(string Path, string Text)> Read(string folder, string name) =>
        Repository.Files(folder, name).Select(path => (path, File.ReadAllText(path)));

    private static Type BuildType => Compiled.Value.GetType("Build", throwOnError: true)!;

    private static object Known => Activator.CreateInstance(TypeOf("BuildParameters"), BuildType)!;

    private static Type TypeOf(string name) => Compiled.Value.GetType($"MlOpsBuild.Components.{name}", throwOnError: true)!;

    private static IReadOnlyList<string> Problems(string line) =>
        (IReadOnlyList<string>)Invoke(
            "CommandLineCheck", "Problems", Known, line.Split(' ', StringSplitOptions.RemoveEmptyEntries), Operands)!;

    private static object? Invoke(string type, string method, params object[] arguments) =>
        TypeOf(type).GetMethod(method, BindingFlags.Public | BindingFlags.Static)!.Invoke(null, arguments);
}
