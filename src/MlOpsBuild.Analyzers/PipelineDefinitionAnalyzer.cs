using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOpsBuild.Analyzers;

/// <summary>
/// Finds in classes derived from <c>ModelPipeline&lt;TRow&gt;</c> what the compiler accepts and the build refuses: a missing gate, a
/// feature that is the label, a hold-out too short for its gate.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PipelineDefinitionAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => PipelineRules.All;

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolStartAction(
            start =>
            {
                if (start.Symbol is INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false } type && RowOf(type) is { } row)
                {
                    var parts = new PipelineParts(type, row);
                    start.RegisterOperationAction(
                        operation => parts.Add((IInvocationOperation)operation.Operation), OperationKind.Invocation);
                    start.RegisterSymbolEndAction(end => parts.Problems().ToList().ForEach(end.ReportDiagnostic));
                }
            },
            SymbolKind.NamedType);
    }

    private static ITypeSymbol? RowOf(INamedTypeSymbol type)
    {
        for (var level = type.BaseType; level != null; level = level.BaseType)
        {
            if (level is { Name: "ModelPipeline", Arity: 1 }
                && level.ContainingNamespace.ToDisplayString() == "MlOpsBuild.Modeling.Pipelines")
            {
                return level.TypeArguments[0];
            }
        }

        return null;
    }
}
