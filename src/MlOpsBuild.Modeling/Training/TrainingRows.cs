using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Training;

/// <summary>What a trainer sees: the fitted feature transform, design rows and labels.</summary>
public sealed class TrainingRows
{
    private readonly DataTable _table;

    private TrainingRows(DataTable table, TargetSpec target, IReadOnlyList<FieldRule> fields, FeatureTransform transform, IReadOnlyList<double> labels, long seed, IReadOnlyList<string> leftOut) =>
        (_table, Scale, Classes, Fields, Transform, Labels, Seed, LeftOut) = (table, target.Scale, target.Classes, fields, transform, labels, seed, leftOut);

    /// <summary>Name of what is predicted.</summary>
    public string Target => _table.Contract.Label.Name;

    /// <summary>The classes to tell apart; null where numbers are predicted.</summary>
    public ClassSet? Classes { get; }

    /// <summary>The model's inputs, in row order.</summary>
    public IReadOnlyList<FieldRule> Fields { get; }

    /// <summary>Input row → design row, fitted on these rows.</summary>
    public FeatureTransform Transform { get; }

    /// <summary>The scale of <see cref="Labels"/> that are numbers.</summary>
    public TargetTransform Scale { get; }

    /// <summary>Row by row a number on the model's scale, or the position of a class; all finite.</summary>
    public IReadOnlyList<double> Labels { get; }

    /// <summary>Seed of everything random.</summary>
    public long Seed { get; }

    /// <summary>Features that were left out, since they have the same value in all rows.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _table.Rows;

    /// <summary>Writes each design row in turn into a buffer of <see cref="FeatureTransform.Width"/>, which is given with the row's position.</summary>
    public IEnumerable<(int Position, double[] Design)> Designs()
    {
        var design = new double[Transform.Width];
        foreach (var (position, row) in FieldRows.Of(_table, Fields).Index())
        {
            Transform.Write(row, design);
            yield return (position, design);
        }
    }

    /// <summary>Fits the transform of <paramref name="features"/> on <paramref name="table"/>.</summary>
    /// <exception cref="StageFailedException">A label has no place on the scale, or there is nothing to tell apart.</exception>
    internal static TrainingRows Of(DataTable table, IReadOnlyList<FeatureSpec> features, TargetSpec target, bool standardise, long seed)
    {
        var constant = features.Where(feature => FeatureFitter.IsConstant(feature, table)).ToList();
        if (constant.Count == features.Count)
        {
            throw new StageFailedException(
                "There is nothing to learn from", [new("Every feature has one value only", "training rows", string.Join(", ", constant.Select(Name)), "features that vary", "add data or features")], Verdict.Error);
        }

        IReadOnlyList<FeatureSpec> used = [.. features.Except(constant)];
        var fields = FeatureFitter.Fields(used, table);
        var labels = target.LabelsOf(table);
        if (target.Classes is { } classes && labels.Distinct().Count() == 1)
        {
            throw new StageFailedException(
                "There is nothing to tell apart", [new("Every training row is of one class", $"column {table.Contract.Label.Name}", classes.Names[(int)labels[0]], string.Join(", ", classes.Names), "add rows of the other classes")], Verdict.Error);
        }

        return new(table, target, fields, FeatureFitter.Fit(used, fields, table, standardise), labels, seed, [.. constant.Select(Name)]);
    }

    private static string Name(FeatureSpec feature) => feature.Second == null ? $"{feature.Kind} of {feature.Column}" : $"{feature.Column} × {feature.Second}";
}
