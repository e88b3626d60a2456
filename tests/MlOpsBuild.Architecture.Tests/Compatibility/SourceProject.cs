using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MlOpsBuild.Architecture.Compatibility.Tests;

/// <summary>A project compiled in memory as the SDK would: implicit usings, nullable on, documentation read.</summary>
internal sealed class SourceProject
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // Preview: this compiler is a little older than the SDK's and calls C# 14 so.
    private static readonly CSharpParseOptions Language = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    // As .editorconfig has it: documentation is asked of public meaning only.
    private static readonly Dictionary<string, ReportDiagnostic> Settings = new() { ["CS1591"] = ReportDiagnostic.Suppress };

    private readonly CSharpCompilation _compilation;

    public SourceProject(
        string name, IEnumerable<(string Path, string Text)> sources, IEnumerable<MetadataReference> references,
        OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        var trees = sources.Prepend(("ImplicitUsings.cs", ImplicitUsings))
            .Select(source => CSharpSyntaxTree.ParseText(source.Item2, Language, source.Item1));
        var options = new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable)
            .WithSpecificDiagnosticOptions(Settings);
        _compilation = CSharpCompilation.Create(name, trees, references, options);
    }

    public MetadataReference Reference => _compilation.ToMetadataReference();

    /// <summary>Errors, as <c>file(line): CS1061 text</c>.</summary>
    public IReadOnlyList<string> Errors => Diagnostics(DiagnosticSeverity.Error);

    /// <summary>Errors and warnings: a Release build takes both for errors.</summary>
    public IReadOnlyList<string> Complaints => Diagnostics(DiagnosticSeverity.Warning);

    /// <summary>The assembly, loaded.</summary>
    public Assembly Load()
    {
        using var stream = new MemoryStream();
        _compilation.Emit(stream).Success.ShouldBeTrue();
        return Assembly.Load(stream.ToArray());
    }

    private List<string> Diagnostics(DiagnosticSeverity least) =>
        [.. _compilation.GetDiagnostics().Where(found => found.Severity >= least)
            .Select(found => $"{found.Location.GetLineSpan().Path}({found.Location.GetLineSpan().StartLinePosition.Line + 1}): {found.Id} {found.GetMessage(CultureInfo.InvariantCulture)}")];
}
