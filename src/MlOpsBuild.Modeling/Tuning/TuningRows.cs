using MlOpsBuild.Core;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;

namespace MlOpsBuild.Modeling.Tuning;

/// <summary>The rows that all trials of a search share, and their folds; read once, when the first trial runs.</summary>
/// <param name="snapshot">The data.</param>
/// <param name="declared">The pipeline as it is declared.</param>
/// <param name="folds">Number of folds.</param>
public sealed class TuningRows(SnapshotFiles snapshot, PipelineSpec declared, int folds)
{
    private readonly Lock _gate = new();
    private Task<(DataTable Table, IReadOnlyList<Split> Folds)>? _read;

    /// <summary>The data.</summary>
    public SnapshotFiles Snapshot => snapshot;

    /// <summary>The pipeline as it is declared.</summary>
    public PipelineSpec Declared => declared;

    /// <summary>Number of folds.</summary>
    public int Folds => folds;

    /// <summary>
    /// Requires that a trial leaves alone what decides which rows validate: a search among hold-outs would find the easiest one.
    /// </summary>
    /// <exception cref="UsageException">It does not.</exception>
    internal void RequireSame(PipelineSpec trial)
    {
        Require("what is held out", StageInput.Of("", declared.HoldOut).Value == StageInput.Of("", trial.HoldOut).Value);
        Require("the contract", StageInput.Of("", declared.Contract).Value == StageInput.Of("", trial.Contract).Value);
        Require("what is predicted", StageInput.Of("", declared.Target.Classes).Value == StageInput.Of("", trial.Target.Classes).Value);
        Require("the metric of the first gate", declared.Gates[0].Metric.Name == trial.Gates[0].Metric.Name);
        Require("the seed", declared.Seed == trial.Seed);
    }

    internal Task<(DataTable Table, IReadOnlyList<Split> Folds)> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _read is null or { IsCanceled: true } or { IsFaulted: true } ? _read = ReadOnceAsync(cancellationToken) : _read;
        }
    }

    private async Task<(DataTable Table, IReadOnlyList<Split> Folds)> ReadOnceAsync(CancellationToken cancellationToken)
    {
        var table = await snapshot.ReadValidatedAsync(declared.Contract, cancellationToken);
        return (table, ValidationFolds.Of(table, declared, folds));
    }

    private void Require(string what, bool same)
    {
        if (!same)
        {
            throw new UsageException(new Finding(
                "MLB2056", "A search changes what it is judged on", $"pipeline {declared.Name}, Tune", what, "the same in every trial",
                "give it a value of its own, not one that Tune may choose"));
        }
    }
}
