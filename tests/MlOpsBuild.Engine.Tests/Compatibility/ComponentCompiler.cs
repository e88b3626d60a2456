using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MlOpsBuild.Engine.Compatibility.Tests;

/// <summary>Compiles the source of a component as its author would: against our engine, nullable on.</summary>
internal static class ComponentCompiler
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using MlOpsBuild.Engine;
        global using MlOpsBuild.Engine.CI;
        global using MlOpsBuild.Engine.CI.GitHubActions;
        global using MlOpsBuild.Engine.CI.GitLab;
        global using MlOpsBuild.Engine.Execution;
        global using MlOpsBuild.Engine.IO;
        global using MlOpsBuild.Engine.Tooling;
        """;

    private static readonly CSharpParseOptions Language = new(LanguageVersion.Latest);

    // All that the tests themselves run on, so our engine too.
    private static readonly IReadOnlyList<MetadataReference> References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>Warnings and errors, as <c>CS8603 at 'expression'</c>.</summary>
    public static IReadOnlyList<string> Complaints(string source)
    {
        var trees = new[] { Usings, source }.Select(text => CSharpSyntaxTree.ParseText(text, Language));
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        return [.. CSharpCompilation.Create("Component", trees, References, options)
            .GetDiagnostics()
            .Where(found => found.Severity >= DiagnosticSeverity.Warning)
            .Select(found => $"{found.Id} at '{found.Location.SourceTree?.GetText().ToString(found.Location.SourceSpan)}': {found.GetMessage(CultureInfo.InvariantCulture)}")];
    }

    /// <summary>Errors of a whole build program, which brings its own usings; nullable off, as NUKE's template has it.</summary>
    public static IReadOnlyList<string> Errors(string source)
    {
        var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication);
        return [.. CSharpCompilation.Create("Build", [CSharpSyntaxTree.ParseText(source, Language)], References, options)
            .GetDiagnostics()
            .Where(found => found.Severity == DiagnosticSeverity.Error)
            .Select(found => $"{found.Id}: {found.GetMessage(CultureInfo.InvariantCulture)}")];
    }
}
