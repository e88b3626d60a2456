using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Training;

/// <summary>What a trainer sees: the fitted feature transform, design rows and labels on the model's scale.</summary>
public sealed class TrainingRows
{
    private readonly DataTable _table;

    private TrainingRows(DataTable table, IReadOnlyList<FieldRule> fields, FeatureTransform transform, TargetTransform scale, double[] labels, long seed, IReadOnlyList<string> leftOut) =>
        (_table, Fields, Transform, Scale, Labels, Seed, LeftOut) = (table, fields, transform, scale, labels, seed, leftOut);

    /// <summary>Name of what is predicted.</summary>
    public string Target => _table.Contract.Label.Name;

    /// <summary>The model's inputs, in row order.</summary>
    public IReadOnlyList<FieldRule> Fields { get; }

    /// <summary>Input row → design row, fitted on these rows.</summary>
    public FeatureTransform Transform { get; }

    /// <summary>The scale of <see cref="Labels"/>.</summary>
    public TargetTransform Scale { get; }

    /// <summary>Labels on the model's scale, row by row; all finite.</summary>
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
        foreach (var (position, (row, _)) in FieldRows.Of(_table, Fields).Index())
        {
            Transform.Write(row, design);
            yield return (position, design);
        }
    }

    /// <summary>Fits the transform of <paramref name="features"/> on <paramref name="table"/>.</summary>
    /// <exception cref="StageFailedException">A label has no place on the scale.</exception>
    internal static TrainingRows Of(DataTable table, IReadOnlyList<FeatureSpec> features, TargetTransform scale, bool standardise, long seed)
    {
        var constant = features.Where(feature => FeatureFitter.IsConstant(feature, table)).ToList();
        if (constant.Count == features.Count)
        {
            throw new StageFailedException(
                "There is nothing to learn from", [new("Every feature has one value only", "training rows", string.Join(", ", constant.Select(Name)), "features that vary", "add data or features")], Verdict.Error);
        }

        IReadOnlyList<FeatureSpec> used = [.. features.Except(constant)];
        var fields = FeatureFitter.Fields(used, table);
        var labels = table.Label.Select(label => scale.Apply(label) is var target && double.IsFinite(target) ? target : throw NoTarget(table.Contract.Label.Name, label, scale)).ToArray();
        return new(table, fields, FeatureFitter.Fit(used, fields, table, standardise), scale, labels, seed, [.. constant.Select(Name)]);
    }

    private static string Name(FeatureSpec feature) => feature.Second == null ? $"{feature.Kind} of {feature.Column}" : $"{feature.Column} × {feature.Second}";

    private static StageFailedException NoTarget(string column, double label, TargetTransform scale) => new(new Finding(
        "A label cannot be fitted", $"column {column}", label.ToString(CultureInfo.InvariantCulture),
        scale == TargetTransform.Log1p ? "a number above −1, since the target is ln(1 + y)" : "a number", "correct the row, or give the column a range in the contract"));
}
