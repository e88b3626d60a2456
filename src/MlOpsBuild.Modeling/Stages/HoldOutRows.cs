using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>Which rows are held out, and which columns slice them.</summary>
public sealed record HoldOutRows(SnapshotFiles Snapshot, DataContract Contract, HoldOut HoldOut, IReadOnlyList<string> Slices)
{
    internal IReadOnlyList<StageInput> Key =>
    [
        .. Snapshot.Key,
        StageInput.Of("contract", Contract),
        StageInput.Of("hold-out", HoldOut),
        new("slices", string.Join(',', Slices)),
    ];

    internal async Task<(DataTable All, IReadOnlyList<int> Training, IReadOnlyList<int> HeldOut)> ReadAsync(CancellationToken cancellationToken)
    {
        var table = await Snapshot.ReadValidatedAsync(Contract, cancellationToken);
        var (training, heldOut) = HoldOut.Split(table);
        return (table, training, heldOut);
    }

    internal PredictionSet Predictions(string predictor, DataTable heldOut, double[] predictions) => new(
        predictor,
        [.. heldOut.Times.Select(time => DateOnly.FromDateTime(time).DayNumber)],
        heldOut.Label,
        predictions,
        Slices.ToDictionary(column => column, column => heldOut.Columns[column]));
}
