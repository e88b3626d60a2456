using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>Which rows are held out, what is predicted of them, and which columns slice them.</summary>
/// <param name="Snapshot">The data.</param>
/// <param name="Contract">What they promise.</param>
/// <param name="HoldOut">What is held out.</param>
/// <param name="Target">What is predicted.</param>
/// <param name="Slices">Columns whose values define slices.</param>
/// <param name="Seed">Seed of what is drawn.</param>
public sealed record HoldOutRows(
    SnapshotFiles Snapshot, DataContract Contract, HoldOut HoldOut, TargetSpec Target, IReadOnlyList<string> Slices, long Seed)
{
    /// <summary>The hold-out of <paramref name="pipeline"/>.</summary>
    public static HoldOutRows Of(SnapshotFiles snapshot, PipelineSpec pipeline) =>
        new(snapshot, pipeline.Contract, pipeline.HoldOut, pipeline.Target,
            [.. pipeline.Slices.Union(pipeline.Fairness.Select(spec => spec.Column))], pipeline.Seed);

    internal IReadOnlyList<StageInput> Key =>
    [
        .. Snapshot.Key,
        StageInput.Of("contract", Contract),
        StageInput.Of("hold-out", HoldOut),
        StageInput.Of("target", Target),
        new("slices", string.Join(',', Slices)),
        new("seed", Seed.ToString(CultureInfo.InvariantCulture)),
    ];

    internal async Task<(DataTable All, Split Split)> ReadAsync(CancellationToken cancellationToken)
    {
        var table = await Snapshot.ReadValidatedAsync(Contract, cancellationToken);
        return (table, HoldOut.Split(table, Seed));
    }

    internal PredictionSet Predictions(string predictor, DataTable heldOut, Split split, IReadOnlyList<Prediction> predictions) => new(
        predictor,
        [.. split.Block],
        Target.KnownOf(heldOut),
        [.. predictions.SelectMany(prediction => Enumerable.Range(0, prediction.Count).Select(position => prediction[position]))],
        Slices.ToDictionary(column => column, column => heldOut.Columns[column]))
    {
        Classes = Target.Classes,
        Unit = split.Unit,
        Places = split.Places?.ToArray(),
    };
}
