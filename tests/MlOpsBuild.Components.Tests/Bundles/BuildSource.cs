using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MlOpsBuild.Components.Bundles.Tests;

/// <summary>Compiles a build class against what its author would reference.</summary>
internal static class BuildSource
{
    private const string Usings = """
        using System; using System.Collections.Generic; using MlOpsBuild.Components; using MlOpsBuild.Engine; using MlOpsBuild.Modeling.Pipelines; using Pipelines;

        """;

    private static readonly IReadOnlyList<MetadataReference> References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>The errors of <paramref name="source"/>, as <c>id: message</c>.</summary>
    public static IReadOnlyList<string> Errors(string source) =>
        [.. CSharpCompilation
            .Create("build", [CSharpSyntaxTree.ParseText(Usings + source)], References, new(OutputKind.DynamicallyLinkedLibrary))
            .GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}")];
}
