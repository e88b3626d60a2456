using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;

namespace MlOpsBuild.Modeling.Leaks;

/// <summary>Looks for leaks before anything is trained.</summary>
public static class LeakSearch
{
    /// <summary>Everything found, what is allowed with its reason.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="pipeline">What is to be learnt from which columns.</param>
    /// <param name="split">Which rows are for what.</param>
    public static IReadOnlyList<Leak> Of(DataTable table, PipelineSpec pipeline, Split split)
    {
        var labels = pipeline.Target.KnownOf(table);
        var features = pipeline.Features.Where(feature => feature.Past == null)
            .SelectMany(feature => feature.Columns)
            .Distinct(StringComparer.Ordinal)
            .Where(table.Columns.ContainsKey)
            .ToList();
        var numbers = features.Where(column => table.Contract[column].Rule.Kind is FieldKind.Real or FieldKind.Whole or FieldKind.Flag)
            .ToList();
        int[] labelled = [.. split.Training.Concat(split.HeldOut).Order()];
        var copies = features.Select(column => LabelCopies.Of(table, column, labels, labelled, pipeline.Target.Classes))
            .OfType<Leak>()
            .ToList();
        List<Leak> found =
        [
            .. copies,
            .. pipeline.Target.Classes == null
                ? LabelSums.Of(table, [.. numbers.Except(copies.SelectMany(copy => copy.Columns))], labels, labelled)
                : [],
            .. table.Times.Count > 0
                ? numbers.Select(column => ShiftedLabels.Of(column, table.Columns[column], labels)).OfType<Leak>()
                : [],
            .. numbers.Where(column => table.Contract[column].Timestamp == null)
                .Select(column => RowNumbers.Of(column, table.Columns[column]))
                .OfType<Leak>(),
            .. SharedParts.Of(table, features, labels, split, pipeline),
        ];
        return [.. found.Select(leak => leak with
        {
            Allowed = pipeline.AllowedLeaks.FirstOrDefault(allowed => allowed.Column == null
                ? leak.Columns.Count == 0
                : leak.Columns.Contains(allowed.Column))?.Reason
        })];
    }

    /// <summary>Refuses what is not allowed, all of it at once.</summary>
    /// <exception cref="StageFailedException">There is something.</exception>
    public static void Require(IReadOnlyList<Leak> leaks)
    {
        var refused = leaks.Where(leak => leak.Allowed == null).Select(leak => leak.ToFinding()).ToList();
        if (refused.Count > 0)
        {
            throw new StageFailedException("The label leaks into what is learnt from", refused, Verdict.Failed);
        }
    }
}
