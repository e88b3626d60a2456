using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using MlOpsBuild.Architecture.Tests;
using MlOpsBuild.TestKit.Signatures;

namespace MlOpsBuild.Architecture.Compatibility.Tests;

/// <summary>
/// The projects that know a target engine, compiled against the surface of NUKE, or of its fork Fallout, instead of ours.
/// </summary>
/// <param name="engine"><c>Nuke</c> or <c>Fallout</c>.</param>
internal sealed class NukeFlavour(string engine)
{
    private const string Components = "src/MlOpsBuild.Components";

    // What the tests run on: the framework, packages, and our assemblies; without any engine, and what is compiled anew here.
    public static IReadOnlyList<MetadataReference> Platform { get; } =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) is var name
                && name is not ("MlOpsBuild.Engine" or "MlOpsBuild.Components" or "Serilog")
                && !name.StartsWith("Nuke.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))];

    public static IReadOnlyList<SignatureSection> Touched { get; } =
        SignatureFile.Read(Path.Combine(Repository.Root, "tests/MlOpsBuild.Architecture.Tests/Compatibility/nuke-10.1.0-touched.txt"));

    public static IReadOnlyList<SignatureSection> Claimed { get; } =
        SignatureFile.Read(Path.Combine(Repository.Root, "tests/MlOpsBuild.Engine.Tests/Compatibility/nuke-10.1.0-claimed.txt"));

    // Fallout has the same types and members under other names.
    public SourceProject Stubs { get; } = new(
        $"{engine}.Common", [("NukeStubs.cs", Named(engine, NukeStubs.Source([.. Claimed, .. Touched])))], Platform);

    // The bridge to NUKE is the one to Fallout, too; its usings are not.
    public SourceProject Library => field ??= new(
        "MlOpsBuild.Components",
        Sources(Components)
            .Where(source => !source.Path.Contains("/Engines/", StringComparison.Ordinal)
                || (source.Path.Contains("/Engines/Nuke/", StringComparison.Ordinal)
                    && !source.Path.EndsWith("/GlobalUsings.cs", StringComparison.Ordinal)))
            .Append(EngineUsings),
            [.. Platform, Stubs.Reference]);

    public SourceProject Pipelines => field ??= new("BikeDemand", Sources("pipelines"), Platform);

    public SourceProject Build => field ??= new(
        "_build",
        [.. Sources("build"), EngineUsings],
        [.. Platform, Stubs.Reference, Library.Reference, Pipelines.Reference],
        OutputKind.ConsoleApplication);

    // What a build project compiles beside its own sources; see MlOpsBuild.Components.props.
    private (string Path, string Text) EngineUsings =>
        Sources($"{Components}/Engines/{engine}").Single(source => source.Path.EndsWith("/GlobalUsings.cs", StringComparison.Ordinal));

    /// <summary>A component of somebody else.</summary>
    public SourceProject Component(string text) => new("Component", [("Component.cs", text), EngineUsings], [.. Platform, Stubs.Reference]);

    private static string Named(string engine, string source) => Regex.Replace(source, @"\b(I?)Nuke(?=Build\b|\.Common\b)", $"$1{engine}");

    private static IEnumerable<(string Path, string Text)> Sources(string folder) =>
        Repository.Files(folder).Select(path => (Repository.Relative(path), File.ReadAllText(path)));
}
