using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Training;

/// <summary>What a trainer sees: the fitted feature transform, design rows and labels.</summary>
public sealed record TrainingRows
{
    private readonly DataTable _table;
    private readonly double[][] _columns;
    private readonly IReadOnlyList<FeatureSpec> _features;
    private readonly TargetSpec _target;
    private readonly bool _standardised;

    private TrainingRows(
        DataTable table, WeightedRows rows, IReadOnlyList<FeatureSpec> features, TargetSpec target, bool standardised,
        IReadOnlyList<double> labels, FittingRows fitted, FeatureTransform transform, long seed)
    {
        (_features, _target, _standardised) = (features, target, standardised);
        (_table, Positions, Weights) = (table, rows.Positions, rows.Weights);
        (Labels, Seed, Fields, Transform) = (labels, seed, fitted.Fields, transform);
        _columns = fitted.Columns;
    }

    /// <summary>What the rows promise.</summary>
    internal DataContract Contract => _table.Contract;

    /// <summary>Name of what is predicted.</summary>
    public string Target => _table.Contract.Label.Name;

    /// <summary>The classes to tell apart; null where numbers are predicted.</summary>
    public ClassSet? Classes => _target.Classes;

    /// <summary>The model's inputs, in row order.</summary>
    public IReadOnlyList<FieldRule> Fields { get; }

    /// <summary>Input row → design row, fitted on these rows.</summary>
    public FeatureTransform Transform { get; }

    /// <summary>The scale of <see cref="Labels"/> that are numbers.</summary>
    public TargetTransform Scale => _target.Scale;

    /// <summary>Row by row a number on the model's scale, or the position of a class; all finite.</summary>
    public IReadOnlyList<double> Labels { get; private init; }

    /// <summary>How much each row counts, above 0 and up to 1; null where all count alike.</summary>
    public IReadOnlyList<double>? Weights { get; private init; }

    /// <summary>Seed of everything random.</summary>
    public long Seed { get; }

    /// <summary>Features that were left out, since they have the same value in all rows.</summary>
    public IReadOnlyList<string> LeftOut { get; private init; } = [];

    /// <summary>The checkout, below which files of the trainer lie.</summary>
    public string Root { get; init; } = ".";

    /// <summary>What belongs together, row by row: the day, or the group; null where each row stands by itself.</summary>
    internal IReadOnlyList<double>? Units { get; init; }

    /// <summary>Whether these are days, the newest last.</summary>
    internal bool IsInTime { get; init; }

    private IReadOnlyList<int> Positions { get; init; }

    /// <summary>Number of rows.</summary>
    public int Count => Positions.Count;

    /// <summary>
    /// Writes each design row in turn into a buffer of <see cref="FeatureTransform.Width"/>, which is given with the row's position.
    /// </summary>
    public IEnumerable<(int Position, double[] Design)> Designs()
    {
        var (row, design) = (new double[Fields.Count], new double[Transform.Width]);
        for (var position = 0; position < Count; position++)
        {
            FieldRows.Write(_columns, Positions[position], row);
            Transform.Write(new InputRow(row, _table.Texts), design);
            yield return (position, design);
        }
    }

    /// <summary>Writes the design row at <paramref name="position"/> in single precision.</summary>
    public void Write(int position, Span<float> design)
    {
        Span<double> row = Fields.Count <= FeatureTransform.OnStack ? stackalloc double[Fields.Count] : new double[Fields.Count];
        FieldRows.Write(_columns, Positions[position], row);
        Transform.Write(new InputRow(row, _table.Texts), design);
    }

    /// <summary>Some of the rows, by their places here; the transform stays the one that was fitted on all.</summary>
    internal TrainingRows Part(IReadOnlyList<int> places) => this with
    {
        Positions = [.. places.Select(place => Positions[place])],
        Labels = [.. places.Select(place => Labels[place])],
        Weights = Weights == null ? null : [.. places.Select(place => Weights[place])],
        Units = Units == null ? null : [.. places.Select(place => Units[place])],
    };

    /// <summary>The same rows with a transform as <paramref name="trainer"/> needs it, fitted on them.</summary>
    internal TrainingRows For(TrainerSpec trainer) => trainer.Standardises == _standardised ? this
        : Of(_table, new(Positions, Weights), _features, _target, trainer.Standardises, Seed) with
        {
            Root = Root, Units = Units, IsInTime = IsInTime,
        };

    /// <summary>The rows as they came, in the order of <see cref="Fields"/>.</summary>
    public IEnumerable<RequestRow> Inputs() => FieldRows.Of(_table, Fields, Positions).Select(row => new RequestRow(row, _table.Texts));

    /// <summary>What the trainer of <paramref name="pipeline"/> sees of <paramref name="rows"/>.</summary>
    /// <exception cref="StageFailedException">A label has no place on the scale, or there is nothing to tell apart.</exception>
    internal static TrainingRows Of(DataTable table, WeightedRows rows, PipelineSpec pipeline, string root) =>
        Of(table, rows, pipeline.Features, pipeline.Target, pipeline.Trainer.Standardises, pipeline.Seed) with
        {
            Root = root, Units = pipeline.HoldOut.UnitsOf(table, rows.Positions), IsInTime = pipeline.HoldOut is LastDays,
        };

    /// <summary>Fits the transform of <paramref name="features"/> on all rows of <paramref name="table"/>.</summary>
    internal static TrainingRows Of(DataTable table, IReadOnlyList<FeatureSpec> features, TargetSpec target, bool standardise, long seed) =>
        Of(table, new([.. Enumerable.Range(0, table.Rows)], null), features, target, standardise, seed);

    /// <summary>Fits the transform of <paramref name="features"/> on <paramref name="rows"/> of <paramref name="table"/>.</summary>
    /// <exception cref="StageFailedException">A label has no place on the scale, or there is nothing to tell apart.</exception>
    internal static TrainingRows Of(
        DataTable table, WeightedRows rows, IReadOnlyList<FeatureSpec> features, TargetSpec target, bool standardise, long seed)
    {
        var fitting = new FittingRows(table, rows.Positions, features);
        var constant = features.Where(feature => feature.IsConstant(fitting)).ToList();
        if (constant.Count == features.Count)
        {
            throw new StageFailedException(
                "There is nothing to learn from",
                [new(
                    "MLB2040", "Every feature has one value only", "training rows",
                    string.Join(", ", constant.Select(feature => feature.Describe())), "features that vary", "add data or features")],
                Verdict.Error);
        }

        var labels = target.LabelsOf(table, rows.Positions);
        if (target.Classes is { } classes && labels.Distinct().Count() == 1)
        {
            throw new StageFailedException(
                "There is nothing to tell apart",
                [new(
                    "MLB2041", "Every training row is of one class", $"column {table.Contract.Label.Name}", classes.Names[(int)labels[0]],
                    string.Join(", ", classes.Names), "add rows of the other classes")],
                Verdict.Error);
        }

        var transform = fitting.Fit([.. features.Except(constant)], standardise);
        return new(table, rows, features, target, standardise, labels, fitting, transform, seed)
        {
            LeftOut = [.. constant.Select(feature => feature.Describe())],
        };
    }
}
