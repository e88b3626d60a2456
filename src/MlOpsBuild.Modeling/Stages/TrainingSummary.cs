using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Leaks;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>What was trained; the model itself is the output <c>model.json</c>.</summary>
/// <param name="Trainer">The trainer's name.</param>
/// <param name="Rows">Training rows.</param>
/// <param name="HeldOut">Rows kept out.</param>
/// <param name="Split">What tells them apart.</param>
/// <param name="Columns">Width of the design row.</param>
public sealed record TrainingSummary(string Trainer, int Rows, int HeldOut, SplitFacts Split, int Columns)
{
    /// <summary>What looks like a leak and is allowed.</summary>
    public IReadOnlyList<Leak> Leaks { get; init; } = [];

    /// <summary>The trainer with its options, where it was chosen among several; else null.</summary>
    public string? Chosen { get; init; }
}
