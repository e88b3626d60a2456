using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Fairness;
using MlOpsBuild.Modeling.Gates;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>Predictions to judge: no model and no data.</summary>
/// <param name="Gates">What must be shown.</param>
/// <param name="Candidate">The candidate's predictions.</param>
/// <param name="Baselines">Predictions of the baselines that gates name.</param>
/// <param name="Champion">The champion's predictions, or null.</param>
/// <param name="ChampionProblem">Why there is a champion and no predictions of it.</param>
/// <param name="Seed">Seed of the bootstrap.</param>
public sealed record TestInput(
    IReadOnlyList<GateSpec> Gates,
    Artifact Candidate,
    IReadOnlyDictionary<Baseline, Artifact> Baselines,
    Artifact? Champion,
    string? ChampionProblem,
    long Seed)
{
    /// <summary>What must be shown on every value of a column.</summary>
    public IReadOnlyList<SliceGate> SliceGates { get; init; } = [];

    /// <summary>Groups whose rates are compared.</summary>
    public IReadOnlyList<FairnessSpec> Fairness { get; init; } = [];

    /// <summary>The chance, in (0, 1), that a candidate which keeps every gate is failed by any.</summary>
    /// <value>0.05.</value>
    public double FalseFailures { get; init; } = GateFamily.UsualFalseFailures;

    /// <summary>The hold-out rows as requests, in which weak slices are looked for; null looks for none.</summary>
    public Artifact? Rows { get; init; }

    /// <summary>Columns of personal data: no slice is made of them.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>
    /// By stratum, the place from which rows were for the champion's training: those are not compared; null where there is none such.
    /// </summary>
    public IReadOnlyDictionary<string, double>? ChampionCuts { get; init; }
}
