using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOpsBuild.Analyzers;

/// <summary>What the calls of one pipeline class define, in whatever method and file they stand.</summary>
/// <param name="pipeline">The class.</param>
/// <param name="row">The record that it is defined on.</param>
internal sealed class PipelineParts(INamedTypeSymbol pipeline, ITypeSymbol row)
{
    private const int MinimumDays = 10; // PairedBlockBootstrap.MinimumBlocks
    private static readonly ImmutableArray<string> Required = ["Data", "HoldOut", "Predict", "Features", "Train", "Gate"];

    // All rows are cases, and the prompt names what it reads.
    private static readonly ImmutableArray<string> OfAnswers = ["Data", "Answer", "Train", "Gate"];
    private static readonly ImmutableArray<string> Roles = ["Label", "Leak", "Identifier"];
    private readonly ConcurrentBag<string> _parts = [];
    private readonly ConcurrentBag<Diagnostic> _found = [];
    private readonly ConcurrentBag<(string Name, Location Place)> _past = [];
    private volatile bool _isContinuedElsewhere;
    private volatile bool _isHeldOutByTime;

    /// <summary>Takes a call in.</summary>
    public void Add(IInvocationOperation call)
    {
        switch (call.TargetMethod.ContainingType.Name)
        {
            case "PipelineDefinition":
                _parts.Add(call.TargetMethod.Name);
                Look(call);
                break;
            case "FeatureBuilder":
                LookAtFeature(call);
                break;
            default:
                _isContinuedElsewhere |= call.Arguments.Any(argument => argument.Value.Type?.Name == "PipelineDefinition")
                    && !SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, pipeline);
                break;
        }
    }

    /// <summary>What is wrong, when all calls are known.</summary>
    public IEnumerable<Diagnostic> Problems()
    {
        // What a base class or another method adds is not seen here.
        if (!_isContinuedElsewhere && !_parts.IsEmpty && pipeline.BaseType?.Name == "ModelPipeline")
        {
            foreach (var part in (_parts.Contains("Answer") ? OfAnswers : Required).Except(_parts))
            {
                yield return Diagnostic.Create(PipelineRules.PartIsMissing, pipeline.Locations[0], pipeline.Name, $".{part}(…)");
            }
        }

        var heldOutAnyhow = _parts.Contains("HoldOut") && !_isHeldOutByTime;
        foreach (var past in heldOutAnyhow ? _past : [])
        {
            yield return Diagnostic.Create(PipelineRules.PastOfHeldOutRows, past.Place, past.Name);
        }

        foreach (var problem in _found)
        {
            yield return problem;
        }
    }

    private void Look(IInvocationOperation call)
    {
        switch (call.TargetMethod.Name)
        {
            case "Slice":
                LookAtSlice(call);
                break;
            case "HoldOut":
                LookAtHoldOut(call);
                break;
        }
    }

    private void LookAtSlice(IInvocationOperation call)
    {
        foreach (var column in RowColumns.NamedBy(call).Where(column => RowColumns.Marks(row, column.Name).Contains("PersonalData")))
        {
            _found.Add(Diagnostic.Create(PipelineRules.PersonalSlice, column.Place, column.Name));
        }
    }

    private void LookAtHoldOut(IInvocationOperation call)
    {
        if (call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "last") is { } last)
        {
            _isHeldOutByTime = true;
            if (Days(last.Value) is { } days && days < MinimumDays)
            {
                _found.Add(Diagnostic.Create(
                    PipelineRules.UnusableHoldOut, last.Syntax.GetLocation(),
                    $"{days} days are too few for any gate, which needs {MinimumDays} to give an interval: hold out more"));
            }
        }
        else if (call.Arguments is { Length: 1 } && call.Arguments[0] is { Parameter.Name: "share" } share && RowColumns.HasTimestamp(row))
        {
            _found.Add(Diagnostic.Create(
                PipelineRules.UnusableHoldOut, share.Syntax.GetLocation(),
                "Rows with times are not held out at random, where neighbours of a held-out row are trained on: hold out the last days"));
        }
    }

    private void LookAtFeature(IInvocationOperation call)
    {
        if (call.TargetMethod.Name is "Lag" or "Rolling")
        {
            _past.Add((call.TargetMethod.Name, call.Syntax.GetLocation()));
            return; // earlier labels are known when predicting
        }

        foreach (var column in RowColumns.NamedBy(call))
        {
            if (RowColumns.Marks(row, column.Name).Intersect(Roles).FirstOrDefault() is { } role)
            {
                _found.Add(Diagnostic.Create(PipelineRules.NoFeature, column.Place, column.Name, role));
            }
        }
    }

    private static double? Days(IOperation value) =>
        value is IInvocationOperation
        {
            TargetMethod: { Name: "FromDays", ContainingType.Name: "TimeSpan" }, Arguments: { Length: > 0 } arguments,
        }
            ? Constant(arguments[0].Value)
            : null;

    private static double? Constant(IOperation value) => value switch
    {
        { ConstantValue: { HasValue: true, Value: IConvertible number } } =>
            Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture),
        IConversionOperation conversion => Constant(conversion.Operand),
        _ => null,
    };
}
