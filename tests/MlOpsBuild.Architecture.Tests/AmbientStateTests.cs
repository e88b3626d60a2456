using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOpsBuild.Architecture.Tests;

/// <summary>Time, randomness, console and processes come in as parameters; every asynchronous method can be stopped.</summary>
public sealed class AmbientStateTests
{
    private static readonly string[] Ambient =
        [
            "DateTime.Now", "DateTime.UtcNow", "DateTime.Today", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "Thread.Sleep",
            "Random.Shared", "Stopwatch.StartNew"
        ];

    // Where the process begins, or NUKE has closed its log already, the console is the console.
    private static readonly string[] ProcessBoundaries =
    [
        "src/MlOpsBuild.Engine/Startup/BuildProgram.cs", "src/MlOpsBuild.Serving/Program.cs",
        "src/MlOpsBuild.Components/Engines/Nuke/EngineBridge.cs", "src/MlOpsBuild.Components/Engines/Embedded/EngineBridge.cs",
    ];

    // These carry a token themselves.
    private static readonly string[] Carriers =
    [
        "CancellationToken", "CancellationTokenSource", "HttpContext", "BuildContext", "PosixSignalContext"
    ];

    [Fact]
    public void No_source_reads_the_clock_sleeps_or_draws_unseeded() =>
        Accesses().Where(access => Ambient.Contains(access.Text)).Select(access => $"{access.Path}: {access.Text}").ShouldBeEmpty();

    [Fact]
    public void The_console_is_used_only_where_the_process_begins() =>
        Accesses().Where(access => access.Text.StartsWith("Console.", StringComparison.Ordinal) && !ProcessBoundaries.Contains(access.Path))
            .Select(access => $"{access.Path}: {access.Text}").ShouldBeEmpty();

    [Fact]
    public void Every_asynchronous_method_takes_a_token()
    {
        var methods = Repository.Sources
            .SelectMany(file => file.All<MethodDeclarationSyntax>().Select(method => (file.Path, Method: method)))
            .Where(pair => pair.Method.Identifier.Text.EndsWith("Async", StringComparison.Ordinal)
                && pair.Method.Identifier.Text != "DisposeAsync")
            .ToList();
        methods.Count.ShouldBeGreaterThan(100);
        methods
            .Where(pair => !pair.Method.ParameterList.Parameters.Any(parameter => Carriers.Contains(parameter.Type!.ToString()))
                && !HoldsContext(pair.Method))
            .Select(pair => $"{pair.Path}: {pair.Method.Identifier}").ShouldBeEmpty();
    }

    private static IEnumerable<(string Path, string Text)> Accesses() =>
        Repository.Sources.SelectMany(file => file.All<MemberAccessExpressionSyntax>()
            .Where(access => access.IsKind(SyntaxKind.SimpleMemberAccessExpression)).Select(access => (file.Path, access.ToString())));

    // A type built around a context (primary constructor) stops with it.
    private static bool HoldsContext(MethodDeclarationSyntax method) =>
        method.Ancestors()
            .OfType<TypeDeclarationSyntax>()
            .Any(type => type.ParameterList?.Parameters.Any(parameter => Carriers.Contains(parameter.Type!.ToString())) == true);
}
