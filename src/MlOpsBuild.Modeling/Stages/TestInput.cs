using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
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
    /// <summary>
    /// By stratum, the place from which rows were for the champion's training: those are not compared; null where there is none such.
    /// </summary>
    public IReadOnlyDictionary<string, double>? ChampionCuts { get; init; }
}
